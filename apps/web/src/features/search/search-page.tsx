import './search.css';
import { type SearchHit, SearchKind } from '@thalogos/contracts';
import { type MouseEvent, useEffect, useEffectEvent, useRef, useState } from 'react';
import { formatAgo } from '../../lib/format.ts';
import { useAddressChoice } from '../../lib/use-address-choice.ts';
import { isOwnAddress, useGo } from '../../lib/use-go.ts';
import { useHits } from '../../lib/use-hits.ts';
import { useListKeys } from '../../lib/use-list-keys.ts';
import { useNow } from '../../lib/use-now.ts';
import { useSettled } from '../../lib/use-settled.ts';
import { TextField } from '../../ui/field.tsx';
import { EmptyState, ShowQuery } from '../../ui/panel-states.tsx';
import { HIT_WORDS, HitExcerpt, HitIcon } from '../../ui/search-hit.tsx';
import { kindsOf, toggleKind } from './search-view.ts';

const SHOWN = 60;
const ADDRESS_MS = 300;

/** What is looked for: at once in the field, a moment later in the address; a link or Back changes both. */
function useWords() {
  const [address, choose] = useAddressChoice('q');
  const [text, type] = useState(address ?? '');
  const [known, setKnown] = useState(address);
  // The address was changed by something else than the typing.
  if (address !== known) {
    setKnown(address);
    if ((address ?? '') !== text.trim()) type(address ?? '');
  }
  const settled = useSettled(text, ADDRESS_MS);
  const write = useEffectEvent(() => choose(settled.trim() === '' ? null : settled.trim(), 'replace'));
  useEffect(() => write(), [settled]);
  return { text, type };
}

function Hit({ hit, now }: { readonly hit: SearchHit; readonly now: number }) {
  const go = useGo();
  const open = (event: MouseEvent) => {
    // With a key it opens in another tab, as every link does.
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go(hit.address);
  };
  return (
    <li>
      <a className="search-hit" href={isOwnAddress(hit.address) ? hit.address : '/'} onClick={open} data-item>
        <HitIcon kind={hit.kind} />
        <b>
          <span className="sr">{HIT_WORDS[hit.kind][0]}: </span>
          {hit.title}
        </b>
        <span className="mono f11 t3">{formatAgo(hit.at, now)}</span>
        <HitExcerpt hit={hit} />
      </a>
    </li>
  );
}

function Kinds() {
  const [address, choose] = useAddressChoice('kinds');
  const kinds = kindsOf(address);
  return (
    <div className="search-kinds" role="group" aria-label="What to look in">
      {SearchKind.options.map((kind) => (
        <button
          key={kind}
          type="button"
          className="search-kind"
          aria-pressed={kinds.includes(kind)}
          onClick={() => choose(toggleKind(kinds, kind), 'replace')}
        >
          {HIT_WORDS[kind][1]}
        </button>
      ))}
    </div>
  );
}

function Hits({ text }: { readonly text: string }) {
  const [address] = useAddressChoice('kinds');
  const kinds = kindsOf(address);
  const box = useRef<HTMLUListElement>(null);
  useListKeys(box);
  const now = useNow('half-minute');
  const { query, hits, isCurrent } = useHits(text, {
    limit: SHOWN,
    ...(kinds.length === 0 ? {} : { kinds }),
  });
  if (text.trim() === '')
    return <EmptyState sentence="Type words of a goal, a file, a message or anything that an agent said." />;
  return (
    <ShowQuery query={query} what="The search could not be carried out.">
      {({ isBuilding }) => (
        <>
          {isBuilding && (
            <p className="f12 t3" role="status">
              Older things are still being read in: there may be more in a while.
            </p>
          )}
          {hits.length === 0 && isCurrent && !query.isFetching && (
            <EmptyState sentence={`Nothing of this project holds “${text.trim()}”.`} />
          )}
          <ul className="search-hits" ref={box} aria-label="Found">
            {hits.map((hit) => (
              <Hit key={`${hit.kind} ${hit.id}`} hit={hit} now={now} />
            ))}
          </ul>
        </>
      )}
    </ShowQuery>
  );
}

/** Finds anything of the project by words: goals, tasks, what agents said and changed, decisions, messages, checkpoints. */
export function SearchPage() {
  const { text, type } = useWords();
  return (
    <div className="page">
      <div className="search">
        <h1>Search</h1>
        <TextField
          label="Find in everything"
          quietLabel
          type="search"
          placeholder="Words of anything in this project"
          // One comes here in order to type.
          autoFocus
          value={text}
          onChange={(event) => type(event.target.value)}
        />
        <Kinds />
        <Hits text={text} />
      </div>
    </div>
  );
}
