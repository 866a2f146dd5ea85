import type { Project, SavePreview, Task, TimelineEntry } from '@thalogos/contracts';
import { checkpointOf } from '../../lib/checkpoint-of.ts';
import { formatNoun, formatSequence } from '../../lib/format.ts';

/** The lane at the bottom, left to right: past checkpoints, main, what would be saved, the next checkpoint. */
export interface LaneView {
  readonly past: readonly { readonly tag: string; readonly number: string; readonly summary: string }[];
  readonly main: {
    readonly head: string | null;
    readonly branch: string;
    readonly entry: TimelineEntry | null;
  };
  readonly integration: { readonly line: string; readonly checks: string; readonly conflicts: number };
  readonly next: { readonly titles: string } | null;
}

const PAST_SHOWN = 3;

function checksLine(checks: SavePreview['checks']): string {
  if (checks.length === 0) return 'no check configured';
  const known = checks.filter((check) => check.known === 'passed').length;
  const red = checks.find((check) => check.known === 'failed');
  if (red !== undefined) return `${red.name} is known to fail`;
  return known === checks.length
    ? `${formatNoun(known, 'check')} known to pass`
    : `${formatNoun(checks.length - known, 'check')} to run`;
}

/** The last checkpoints before the newest, oldest first. */
export function pastCheckpoints(entries: readonly TimelineEntry[]): LaneView['past'] {
  return landedOf(entries)
    .slice(1, PAST_SHOWN + 1)
    .reverse()
    .flatMap(({ tag, summary }) => (tag === null ? [] : [{ tag, number: formatSequence(tag), summary }]));
}

function landedOf(entries: readonly TimelineEntry[]): readonly TimelineEntry[] {
  return entries.filter((entry) => checkpointOf(entry) !== null);
}

/** The lane as a pure function of what the server said. */
export function laneView(given: {
  readonly project: Project;
  readonly entries: readonly TimelineEntry[];
  readonly preview: SavePreview | undefined;
  readonly tasks: readonly Task[];
}): LaneView {
  const [newest] = landedOf(given.entries);
  const enters = given.preview?.enters ?? [];
  const entering = given.tasks.filter((task) => enters.includes(task.id));
  const files = entering.reduce((sum, task) => sum + task.files.changed, 0);
  return {
    past: pastCheckpoints(given.entries),
    main: { head: given.project.head, branch: given.project.branch, entry: newest ?? null },
    integration: {
      line:
        entering.length === 0
          ? 'nothing is approved yet'
          : `${given.project.branch} + ${formatNoun(entering.length, 'task')}, ${formatNoun(files, 'file')}`,
      checks: given.preview === undefined ? '' : checksLine(given.preview.checks),
      conflicts: given.preview?.conflicts.length ?? 0,
    },
    next: entering.length === 0 ? null : { titles: entering.map((task) => task.title).join(', ') },
  };
}
