import type { Task } from '@thalogos/contracts';
import { type KeyboardEvent, useState } from 'react';
import {
  addItem,
  changeItem,
  type ItemChange,
  moveItem,
  type PlanDraft,
  planItems,
  toggleDrop,
} from './plan-draft.ts';
import { drawEdge, eraseEdge, type PlanEdge } from './plan-edges.ts';
import { changed, NO_CHANGES, redone, undone } from './plan-history.ts';

/** A field of text has its own way of taking back what was typed. */
const hasOwnUndo = (target: EventTarget): boolean =>
  target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type === 'text');

/** What a person makes of a proposed plan before it starts, with every change to be taken back. */
export function usePlanDraft(tasks: readonly Task[]) {
  const [history, setHistory] = useState(NO_CHANGES);
  /** Why the last line could not be drawn. */
  const [refused, setRefused] = useState<string | null>(null);
  const draft = history.now;
  const items = planItems(tasks, draft);
  const make = (to: (draft: PlanDraft) => PlanDraft, about: string | null = null) => {
    setRefused(null);
    setHistory((before) => changed(before, to(before.now), about));
  };
  const undo = () => {
    setRefused(null);
    setHistory(undone);
  };
  const redo = () => {
    setRefused(null);
    setHistory(redone);
  };
  const change = (id: string, by: ItemChange) =>
    make((now) => changeItem(now, id, by), `${id} ${Object.keys(by).join()}`);
  const setAfter = (id: string, after: readonly string[]) => make((now) => changeItem(now, id, { after }));
  return {
    ...{ draft, items, refused, undo, redo, change },
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    add: () => make((now) => addItem(now, tasks)),
    toggle: (id: string) => make((now) => toggleDrop(now, id)),
    move: (id: string, by: -1 | 1) => make((now) => moveItem(now, planItems(tasks, now), { id, by })),
    erase: (edge: PlanEdge) => setAfter(edge.to, eraseEdge(items, edge)),
    draw: (edge: PlanEdge) => {
      const drawn = drawEdge(items, edge);
      if (drawn.kind === 'drawn') setAfter(edge.to, drawn.after);
      else setRefused(drawn.why);
    },
    onKeyDown: (event: KeyboardEvent) => {
      const isMod = event.metaKey || event.ctrlKey;
      const key = event.key.toLowerCase();
      if (!isMod || (key !== 'z' && key !== 'y') || hasOwnUndo(event.target)) return;
      event.preventDefault();
      if (key === 'y' || event.shiftKey) redo();
      else undo();
    },
  };
}

/** What a plan is being made into. */
export type PlanEditing = ReturnType<typeof usePlanDraft>;
