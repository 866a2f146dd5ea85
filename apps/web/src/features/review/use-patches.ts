import type { FilePatch, ReviewFile } from '@thalogos/contracts';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { LoadedPatch } from './diff-rows.ts';
import { parsePatch } from './parse-patch.ts';
import { markOf } from './review-files.ts';

/** What is asked of the server: patches of these files, from a line of the first one on. */
export interface PatchWish {
  readonly paths: readonly string[];
  readonly skip: number;
  readonly limit: number;
}

/** Reads patches; it must stay the same function for one diff. */
export type LoadPatches = (wish: PatchWish) => Promise<readonly FilePatch[]>;

/** So many come with the files, so that they are there at once. */
export const FIRST_LINES = 400;
/** So many are there without being asked for: a person can walk through all of a change of this size. */
const EAGER_LINES = 5_000;
const PAGE_LINES = 20_000;
const MOST_FILES = 60;
/** A request's address must not grow beyond what servers take. */
const MOST_LETTERS = 3_000;

type Patches = ReadonlyMap<string, LoadedPatch>;

function withPages(patches: Patches, pages: readonly FilePatch[], skip: number): Patches {
  const next = new Map(patches);
  pages.forEach(({ path, patch, end, lines }, at) => {
    const before = at === 0 && skip > 0 ? patches.get(path) : undefined;
    const text = before === undefined ? patch : `${before.text}\n${patch}`;
    next.set(path, { text, hunks: parsePatch(text), end, lines });
  });
  return next;
}

function isWhole(patch: LoadedPatch | undefined): boolean {
  return patch !== undefined && patch.end >= patch.lines;
}

/** From one file on, as many of those that are missing as fit into a request; only the first may begin in its middle. */
export function wishFrom(files: readonly ReviewFile[], patches: Patches, start: number): PatchWish | null {
  const first = files.findIndex(({ path }, at) => at >= start && !isWhole(patches.get(path)));
  const head = files[first];
  if (head === undefined) return null;
  const paths = [head.path];
  let letters = head.path.length;
  for (const { path } of files.slice(first + 1)) {
    letters += path.length;
    if (patches.has(path) || letters > MOST_LETTERS || paths.length >= MOST_FILES) break;
    paths.push(path);
  }
  return { paths, skip: patches.get(head.path)?.end ?? 0, limit: PAGE_LINES };
}

/** What to load next: what one looks at, else more of the beginning. */
function nextWish(files: readonly ReviewFile[], patches: Patches, wanted: string | null): PatchWish | null {
  const at = wanted === null ? -1 : files.findIndex(({ path }) => path === wanted);
  if (at !== -1 && !isWhole(patches.get(files[at]?.path ?? ''))) return wishFrom(files, patches, at);
  const loaded = [...patches.values()].reduce((sum, { end }) => sum + end, 0);
  return loaded >= EAGER_LINES ? null : limited(wishFrom(files, patches, 0), EAGER_LINES);
}

function limited(wish: PatchWish | null, limit: number): PatchWish | null {
  return wish === null ? null : { ...wish, limit };
}

/** What patches are read for; `variant` tells apart what the same file shows in different ways. */
interface PatchesGiven {
  readonly files: readonly ReviewFile[];
  readonly variant: string;
  readonly load: LoadPatches;
  /** What came with the files. */
  readonly first: readonly FilePatch[];
}

interface Kept {
  readonly patch: LoadedPatch;
  readonly mark: string;
}

/**
 * The patches of a diff, read as they are needed: a first page, the rest of a small change, and of a large one what
 * is looked at. What stayed the same when the change became another one is not read again.
 */
export function usePatches({ files, variant, load, first }: PatchesGiven) {
  const [kept, setKept] = useState<ReadonlyMap<string, Kept>>(new Map());
  const [failed, setFailed] = useState<{ readonly load: LoadPatches; readonly error: unknown } | null>(null);
  const [wanted, setWanted] = useState<string | null>(null);
  const loading = useRef<LoadPatches | null>(null);
  const shown = useMemo(
    () => files.filter(({ binary, added, removed }) => !binary && added + removed > 0),
    [files],
  );
  const marks = useMemo(
    () => new Map(shown.map((file) => [file.path, `${variant} ${markOf(file)}`])),
    [shown, variant],
  );
  const patches = useMemo(() => {
    const valid = [...kept].filter(([path, { mark }]) => marks.get(path) === mark);
    const read = valid.map(([path, { patch }]) => [path, patch] as const);
    return new Map([...withPages(new Map(), first, 0), ...read]);
  }, [kept, marks, first]);
  const error = failed !== null && failed.load === load ? failed.error : null;
  useEffect(() => {
    const wish = error === null && loading.current !== load ? nextWish(shown, patches, wanted) : null;
    if (wish === null) return;
    loading.current = load;
    const end = () => {
      if (loading.current === load) loading.current = null;
    };
    load(wish)
      .then((pages) => {
        // An answer about what was on the screen before is nobody's any more.
        if (loading.current !== load) return;
        end();
        const read = withPages(patches, withoutLines(wish, pages), wish.skip);
        setKept(keep(read, marks));
      })
      .catch((cause: unknown) => {
        end();
        setFailed({ load, error: cause });
      });
  }, [shown, patches, wanted, load, error, marks]);
  const retry = useCallback(() => setFailed(null), []);
  return { patches, error, retry, want: setWanted };
}

function keep(patches: Patches, marks: ReadonlyMap<string, string>): ReadonlyMap<string, Kept> {
  return new Map([...patches].map(([path, patch]) => [path, { patch, mark: marks.get(path) ?? '' }]));
}

/** One that the server does not know any more is taken for empty, so that nobody asks for ever. */
function withoutLines({ paths }: PatchWish, pages: readonly FilePatch[]): readonly FilePatch[] {
  const [first] = paths;
  if (pages.length > 0 || first === undefined) return pages;
  return [{ path: first, patch: '', end: 0, lines: 0 }];
}
