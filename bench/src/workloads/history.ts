/** How large a history is. */
export interface HistorySpec {
  readonly files: number;
  readonly linesPerFile: number;
  readonly commits: number;
  /** Task branches; each edits four files of its own, adds one and changes one line of a file that all share. */
  readonly branches: number;
}

/** The file that every branch touches, each in a place of its own. */
const SHARED = 'shared/registry.txt';
const SHARED_LINES = 4000;
const EDITS_PER_COMMIT = 5;
const WORDS = 'lantern harbour quiet measure copper willow signal drift ember cobalt thread anchor'.split(
  ' ',
);

/** Every fifth branch is in conflict with the branch `clash`. */
const CLASHES_EVERY = 5;

/** A history for `git fast-import`: the same numbers always give the same commits. */
export function* writeHistory(spec: HistorySpec): Generator<string> {
  const edits = new Map<number, number>();
  yield commit({ branch: 'main', mark: 1, time: 0, from: null });
  yield file(SHARED, shared(new Map()));
  for (let index = 0; index < spec.files; index += 1) yield file(pathOf(index), content(spec, index, []));
  for (let at = 1; at < spec.commits; at += 1) {
    yield commit({ branch: 'main', mark: at + 1, time: at, from: at });
    for (let edit = 0; edit < EDITS_PER_COMMIT; edit += 1) {
      const index = (at * 131 + edit * 17) % spec.files;
      edits.set(index, (edits.get(index) ?? 0) + 1);
      yield file(pathOf(index), content(spec, index, [edits.get(index) ?? 0]));
    }
  }
  const clashing = new Map(
    Array.from({ length: spec.branches }, (_, branch) => branch + 1)
      .filter(isClashing)
      .map((branch) => [lineOf(branch), 'clash']),
  );
  yield commit({ branch: 'clash', mark: null, time: spec.commits, from: spec.commits });
  yield file(SHARED, shared(clashing));
  for (let branch = 1; branch <= spec.branches; branch += 1) yield* task(spec, branch, edits);
}

/** Whether `clash` and this branch changed the same line. */
export function isClashing(branch: number): boolean {
  return branch % CLASHES_EVERY === 0;
}

function* task(spec: HistorySpec, branch: number, edits: ReadonlyMap<number, number>): Generator<string> {
  yield commit({ branch: `task/${branch}`, mark: null, time: spec.commits + branch, from: spec.commits });
  for (let edit = 0; edit < 4; edit += 1) {
    const index = ((branch - 1) * 4 + edit) % spec.files;
    yield file(pathOf(index), content(spec, index, [edits.get(index) ?? 0, 1000 + branch]));
  }
  yield file(`added/by-${branch}.txt`, `added by task ${branch}\n`);
  yield file(SHARED, shared(new Map([[lineOf(branch), `task ${branch}`]])));
}

interface CommitLine {
  readonly branch: string;
  readonly mark: number | null;
  readonly time: number;
  readonly from: number | null;
}

function commit({ branch, mark, time, from }: CommitLine): string {
  const message = `${branch} ${time}\n`;
  return [
    `commit refs/heads/${branch}\n`,
    mark === null ? '' : `mark :${mark}\n`,
    `committer Bench <bench@localhost> ${1_700_000_000 + time * 60} +0000\n`,
    `data ${message.length}\n${message}\n`,
    from === null ? '' : `from :${from}\n`,
  ].join('');
}

function file(path: string, text: string): string {
  return `M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`;
}

function pathOf(index: number): string {
  return `src/area-${index % 50}/part-${Math.floor(index / 50) % 20}/file-${index}.ts`;
}

/** The lines of a file after these edits; each changes another line, far enough apart to merge. */
function content({ linesPerFile }: HistorySpec, index: number, editions: readonly number[]): string {
  const lines = Array.from({ length: linesPerFile }, (_, line) => sentence(index * 1009 + line * 31));
  for (const [place, edition] of editions.entries())
    if (edition > 0) lines[place === 0 ? 1 : linesPerFile - 2] = `${sentence(index)} edition ${edition}`;
  return `${lines.join('\n')}\n`;
}

function sentence(seed: number): string {
  let state = seed * 2_654_435_761;
  const words = Array.from({ length: 7 }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return WORDS[state % WORDS.length];
  });
  return `${seed.toString(36)} ${words.join(' ')}`;
}

function shared(changed: ReadonlyMap<number, string>): string {
  return Array.from({ length: SHARED_LINES }, (_, line) => `${line} ${changed.get(line) ?? 'free'}\n`).join(
    '',
  );
}

function lineOf(branch: number): number {
  return (branch * 19) % SHARED_LINES;
}
