import { type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useAddressChoice } from '../../lib/use-address-choice.ts';
import { useSettled } from '../../lib/use-settled.ts';
import type { RowsHandle, RowsView } from '../../ui/virtual-rows.tsx';
import { countOf, holds, type Part, partWith } from './transcript-part.ts';

const ADDRESS_MS = 400;
/** About as many blocks as a view shows; those that come first are asked for before it is known. */
const SCREEN = 40;

function readSeq(value: string | null): number | null {
  const seq = Number(value ?? '');
  return Number.isInteger(seq) && seq >= 1 ? seq : null;
}

/** Keeps `?at=` at the block that is looked at (nothing at the end), and hears when a link changes it. */
function useAddress(isOn: boolean, at: number | null, show: (seq: number) => void): void {
  const [address, choose] = useAddressChoice('at');
  const mine = useRef(address);
  const settled = useSettled(at, ADDRESS_MS);
  const write = useEffectEvent((seq: number | null) => {
    if (!isOn || seq !== at) return;
    mine.current = seq === null ? null : String(seq);
    choose(mine.current, 'replace');
  });
  const hear = useEffectEvent((value: string | null) => {
    if (!isOn || value === mine.current) return;
    mine.current = value;
    const seq = readSeq(value);
    if (seq !== null) show(seq);
  });
  useEffect(() => hear(address), [address]);
  useEffect(() => write(settled), [settled]);
}

interface Start {
  readonly part: Part;
  /** The block to begin at; null for the end. */
  readonly seq: number | null;
}

/** Where one is in a transcript of `total` blocks, and how one gets elsewhere. On its own page the address tells it. */
export function useTranscriptPlace(
  total: number,
  { list, isPage }: { readonly list: RefObject<RowsHandle | null>; readonly isPage: boolean },
) {
  const [address] = useAddressChoice('at');
  const [start, setStart] = useState<Start>(() => {
    const asked = isPage ? readSeq(address) : null;
    const seq = asked === null || total === 0 ? null : Math.min(asked, total);
    return { seq, part: partWith(seq, total) };
  });
  const [view, setView] = useState<RowsView | null>(null);
  const [leftAt, setLeftAt] = useState<number | null>(start.seq === null ? null : total);
  const { part } = start;
  const isAtEnd = leftAt === null;

  const onView = (next: RowsView) => {
    setView(next);
    const isEnd = next.isAtEnd && part.isNewest;
    setLeftAt((left) => (isEnd ? null : (left ?? total)));
  };
  const show = (seq: number, align: 'start' | 'center' = 'start') => {
    setLeftAt((left) => left ?? total);
    if (holds(part, total, seq)) list.current?.toRow(seq - 1 - part.base, align);
    else setStart({ seq, part: partWith(seq, total) });
  };
  const toEnd = () => {
    setLeftAt(null);
    if (part.isNewest) list.current?.toEnd();
    else setStart({ seq: null, part: partWith(null, total) });
  };
  const fallback = start.seq ?? Math.max(1, total - SCREEN);
  const first = view === null ? fallback : part.base + view.first + 1;
  const last = view === null ? Math.min(total, fallback + SCREEN) : part.base + view.last + 1;
  useAddress(isPage, isAtEnd ? null : first, show);
  return {
    ...{
      part,
      start: start.seq,
      count: countOf(part, total),
      list,
      onView,
      show,
      toEnd,
      first,
      last,
      isAtEnd,
    },
    /** How many blocks have come since the end was left. */
    news: leftAt === null ? 0 : Math.max(0, total - leftAt),
  };
}
