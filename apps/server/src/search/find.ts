import {
  type SearchAnswer,
  type SearchHit,
  type SearchInput,
  SearchKind,
  type TranscriptBlock,
} from '@thalogos/contracts';
import { blockText } from './block-text.ts';
import { excerptOf } from './excerpt.ts';
import type { SaidHit, SearchStore } from './search-store.ts';
import { matchOf, wordsOf } from './words.ts';

/** What a search reads. */
export interface FindDeps {
  readonly store: SearchStore;
  readonly readBlock: (task: string, seq: number) => TranscriptBlock | null;
  readonly isBuilding: () => boolean;
}

/** Of one transcript so many blocks are shown among other kinds, for the rest one looks inside it. */
const PER_TASK = 3;
/** The most transcripts that one search looks into. */
const MAX_TASKS = 30;
/** Among all kinds, transcripts have at least this part of the answer, for they hold most words. */
const SAID_PART = 0.25;

/** Finds things of a project by words. What a person types is text: there is nothing in it that could be wrong. */
export function find(deps: FindDeps, { project, text, kinds, limit }: SearchInput): SearchAnswer {
  const words = wordsOf(text);
  const match = matchOf(words);
  const isBuilding = deps.isBuilding();
  if (match === null) return { hits: [], isBuilding };
  const wanted = kinds ?? SearchKind.options;
  const question = { project, match, limit };
  const things = deps.store.things({ ...question, kinds: wanted.filter((kind) => kind !== 'transcript') });
  const said = wanted.includes('transcript')
    ? findSaid(deps, question, { words, perTask: wanted.length === 1 ? limit : PER_TASK })
    : [];
  const room = Math.max(limit - said.length, Math.ceil(limit * (1 - SAID_PART)));
  const hits = things.slice(0, room).map(({ project: _, body, ...thing }) => ({
    ...thing,
    ...excerptOf(body, words),
  }));
  return { hits: [...hits, ...said].slice(0, limit), isBuilding };
}

/** The newest blocks, a few at a time: a task that has given its share makes room for the others. */
function findSaid(
  deps: FindDeps,
  question: { readonly project: string; readonly match: string; readonly limit: number },
  { words, perTask }: { readonly words: readonly string[]; readonly perTask: number },
): readonly SearchHit[] {
  const hits: SearchHit[] = [];
  const seen = new Set<string>();
  for (let round = 0; round < MAX_TASKS && hits.length < question.limit; round += 1) {
    const found = deps.store.said({ ...question, limit: perTask, without: [...seen] });
    if (found.length === 0) break;
    for (const said of found) {
      seen.add(said.task);
      const hit = saidHit(deps, said, words);
      if (hit !== null) hits.push(hit);
    }
  }
  return hits.slice(0, question.limit);
}

function saidHit({ store, readBlock }: FindDeps, { task, seq }: SaidHit, words: readonly string[]) {
  const block = readBlock(task, seq);
  if (block === null) return null;
  return {
    ...{ kind: 'transcript' as const, id: `${task}:${seq}`, at: block.at },
    address: `/tasks/${task}?at=${seq}`,
    title: store.titleOf(task) ?? task,
    ...excerptOf(blockText(block), words),
  };
}
