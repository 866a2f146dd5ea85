import type {
  ChangedFile,
  CompareDiffInput,
  CompareInput,
  Comparison,
  Diff,
  Oid,
  TimelineEntry,
} from '@thalogos/contracts';
import { diffTrees, type FileChange, listChanges } from '../git/diff-trees.ts';
import { THALOGOS_EMAIL } from '../git/git.ts';
import { logCommits, type LoggedCommit } from '../git/log-commits.ts';
import { Refusal } from '../platform/refusal.ts';
import { effectsOf } from './effects.ts';
import type { TimelineDeps } from './timeline-deps.ts';

/** How many files and commits are listed; all are counted. */
const MOST_FILES = 2_000;
const MOST_COMMITS = 500;
const MOST_BETWEEN = 500;

/** What lies between any two checkpoints, restores included, in whichever order they are named. */
export async function compareCheckpoints(deps: TimelineDeps, input: CompareInput): Promise<Comparison> {
  const { from, to } = findEnds(deps, input);
  const { hub } = deps.place(input.project);
  const range = { from: from.commit, to: to.commit };
  const [changes, gained, lost] = await Promise.all([
    listChanges(hub, range),
    logCommits(hub, { from: to.commit, without: from.commit }),
    logCommits(hub, { from: from.commit, without: to.commit }),
  ]);
  const tasks = tasksBetween(deps, input);
  return {
    from,
    to,
    files: changes.slice(0, MOST_FILES).map(toChangedFile),
    commits: [...toCommits(gained, 'gained'), ...toCommits(lost, 'lost')].slice(0, MOST_COMMITS),
    tasks,
    agents: [...new Set(tasks.map(({ agent }) => agent))],
    checks: compareChecks(checksOf(deps, input.project, from.tag), checksOf(deps, input.project, to.tag)),
    between: entriesBetween(deps, input),
    totals: {
      files: changes.length,
      added: changes.reduce((sum, { added }) => sum + added, 0),
      removed: changes.reduce((sum, { removed }) => sum + removed, 0),
      commits: gained.length + lost.length,
    },
  };
}

/** The lines that lead from one checkpoint to another, of some files or of all. */
export async function diffCheckpoints(
  deps: TimelineDeps,
  { project, from, to, paths }: CompareDiffInput,
): Promise<Diff> {
  const ends = findEnds(deps, { project, from, to });
  const { files, patch, truncated } = await diffTrees(deps.place(project).hub, {
    from: ends.from.commit,
    to: ends.to.commit,
    // A renamed file is asked for by both of its names, which git then shows as one change.
    ...(paths === undefined ? {} : { paths }),
  });
  return { files: files.map(toChangedFile), patch, truncated };
}

type End = Comparison['from'];

function findEnds(
  { book, place }: TimelineDeps,
  { project, from, to }: CompareInput,
): { readonly from: End; readonly to: End } {
  place(project);
  const find = (tag: string): End => {
    const entry = book.find(project, tag)?.entry;
    const commit: Oid | null = entry?.commit ?? null;
    if (entry === undefined || commit === null)
      throw new Refusal('not-found', `Could not compare ${from} with ${to}: there is no checkpoint ${tag}.`, {
        hint: 'Only what landed on main can be compared; see `thalogos timeline`.',
      });
    return { tag, commit, at: entry.at, summary: entry.summary };
  };
  return { from: find(from), to: find(to) };
}

function tasksBetween({ book }: TimelineDeps, { project, from, to }: CompareInput): Comparison['tasks'] {
  const checkpoints = book.landed(project).map(({ entry }) => entry);
  const byTag = new Map(checkpoints.map((entry) => [entry.tag, entry]));
  const between = effectsOf(checkpoints).between(from, to);
  const tasksOf = (side: 'gained' | 'lost') =>
    between[side].flatMap((tag) => (byTag.get(tag)?.tasks ?? []).map((task) => ({ ...task, tag, side })));
  return [...tasksOf('gained'), ...tasksOf('lost')];
}

/** Everything that happened from the older to the newer one, that one included; Saves that did not land too. */
function entriesBetween({ book }: TimelineDeps, { project, from, to }: CompareInput): Comparison['between'] {
  const found: Comparison['between'] = [];
  let isInside = false;
  for (const { row } of book.below(project, null)) {
    const { entry } = row;
    const isEnd = entry.kind !== 'promotion' && (entry.tag === from || entry.tag === to);
    if (isEnd && (isInside || from === to)) break;
    isInside ||= isEnd;
    if (isInside && found.length < MOST_BETWEEN) found.push(toBetween(entry));
  }
  return found.toReversed();
}

function toBetween({ kind, tag, save, summary, at }: TimelineEntry): Comparison['between'][number] {
  return { id: kind === 'promotion' ? save : (tag ?? save), kind, summary, at };
}

function checksOf({ book }: TimelineDeps, project: string, tag: string): TimelineEntry['checks'] {
  return book.find(project, tag)?.entry.checks ?? [];
}

/** What the same check said at either end; one that only one end knows is told as well. */
function compareChecks(
  before: TimelineEntry['checks'],
  after: TimelineEntry['checks'],
): Comparison['checks'] {
  const names = new Set([...before, ...after].map(({ name }) => name));
  const stateIn = (checks: TimelineEntry['checks'], name: string) =>
    checks.find((check) => check.name === name)?.state ?? null;
  return [...names].map((name) => ({ name, from: stateIn(before, name), to: stateIn(after, name) }));
}

function toChangedFile({ path, from, status, added, removed, binary }: FileChange): ChangedFile {
  return { path, from, status, added, removed, binary };
}

function toCommits(commits: readonly LoggedCommit[], side: 'gained' | 'lost'): Comparison['commits'] {
  return commits.map(({ oid, message, author, committer }) => ({
    ...{ oid, side, title: message.split('\n', 1)[0] ?? '', author: author.name, at: committer.at },
    isOurs: committer.email === THALOGOS_EMAIL,
  }));
}
