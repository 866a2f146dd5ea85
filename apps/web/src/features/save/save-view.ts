import type { CheckLog, SavePreview, SaveStage, SaveView, Task, TimelineEntry } from '@thalogos/contracts';
import { SAVE_STAGES } from '@thalogos/contracts';
import { formatAgo, formatBytes, formatNoun, formatSequence } from '../../lib/format.ts';
import type { OrbState } from '../../ui/orb.tsx';
import type { StateLook } from '../../ui/task-look.ts';

/** What the Save control says and does. */
export interface SaveControlView {
  readonly kind: 'nothing' | 'ready' | 'saving' | 'saved' | 'needs-you' | 'offline';
  readonly orb: OrbState;
  readonly label: string;
  readonly reason: string;
  /** Stages of the ring that are done, and the one that is bright. */
  readonly done: number;
  readonly now: number | null;
  /** Why it can't be pressed, or null. */
  readonly disabledBecause: string | null;
}

/** What the control is made of. `now` in ms. */
export interface SaveControlGiven {
  readonly save: SaveView | null;
  readonly preview: SavePreview | undefined;
  readonly tasks: readonly Task[];
  readonly lastEntry: TimelineEntry | null;
  /** Why nothing can be written now, or null. */
  readonly writeBlock: string | null;
  readonly now: number;
}

/** What a stage is called. */
export const STAGE_WORDS: Readonly<Record<SaveStage, string>> = {
  freeze: 'Freeze',
  snapshot: 'Snapshot',
  merge: 'Merge',
  check: 'Check',
  publish: 'Publish',
  deliver: 'Deliver',
  resume: 'Resume',
};

/** How long "Saved" stands before the control looks ahead again (ms). */
const SAVED_SHOWN_MS = 12_000;

/** Whether a Save is under way. */
export function isRunning(save: SaveView | null): save is SaveView & { readonly outcome: null } {
  return save !== null && save.outcome === null && save.endedAt === null;
}

/** Whether a Save runs its checks at this moment. */
export function isChecking(save: SaveView | null): boolean {
  return isRunning(save) && save.stage === 'check';
}

/** How many stages of a Save are behind it. */
export function stagesDone(save: SaveView): number {
  if (!isRunning(save))
    return save.outcome?.kind === 'saved'
      ? SAVE_STAGES.length
      : save.stages.filter((one) => one.state === 'done').length;
  return SAVE_STAGES.indexOf(save.stage);
}

function redWords(failed: readonly string[]): string {
  const [first = 'a check'] = failed;
  if (failed.length > 1) return `${first} and ${failed.length - 1} more are red`;
  return `${first} ${first.endsWith('s') ? 'are' : 'is'} red`;
}

function whyNeeded(save: SaveView): string | null {
  const outcome = save.outcome;
  if (outcome === null) return null;
  if (outcome.kind === 'conflicted') return formatNoun(outcome.conflicts.length, 'conflict');
  if (outcome.kind === 'checks-failed') return redWords(outcome.failed);
  return outcome.kind === 'refused' ? 'refused' : null;
}

/** What stands above a log: whose it is, and whether its beginning is left out. */
export function logLabel(check: string, log: CheckLog | undefined): string {
  if (log === undefined) return `${check}: end of the log`;
  return log.isWhole ? `${check}: log` : `${check}: end of the log, ${formatBytes(log.size)} in all`;
}

/** How many of a Save's checks have said what they have to say. */
function checkCount(checks: SaveView['checks']): string {
  const done = checks.filter(({ state }) => state !== 'pending' && state !== 'active').length;
  return checks.length === 0 ? STAGE_WORDS.check : `${done} of ${formatNoun(checks.length, 'check')}`;
}

function savingView(save: SaveView): SaveControlView {
  const at = SAVE_STAGES.indexOf(save.stage);
  return {
    kind: 'saving',
    orb: 'saving',
    label: `Saving ${at + 1}/${SAVE_STAGES.length}`,
    reason: save.stage === 'check' ? checkCount(save.checks) : STAGE_WORDS[save.stage],
    done: at,
    now: at,
    disabledBecause: null,
  };
}

/** Whether the conflicts that a Save met have been settled since: then it can simply be started again. */
function isSettled(save: SaveView, preview: SavePreview | undefined): boolean {
  return (
    save.outcome?.kind === 'conflicted' &&
    preview !== undefined &&
    preview.enters.length > 0 &&
    preview.conflicts.length === 0
  );
}

/** Whether something can be saved that is not in the Save that has just ended. */
function hasMoreToSave({ tasks }: SaveView, preview: SavePreview | undefined): boolean {
  return preview?.enters.some((id) => !tasks.includes(id)) === true;
}

function endedView(save: SaveView, { now, preview }: SaveControlGiven): SaveControlView | null {
  const needed = isSettled(save, preview) ? null : whyNeeded(save);
  if (needed !== null)
    return {
      kind: 'needs-you',
      orb: 'blocked',
      label: 'Needs you',
      reason: needed,
      done: stagesDone(save),
      now: null,
      disabledBecause: null,
    };
  return savedView(save, { now, preview });
}

/** Said for a moment after a Save that landed, unless there is more to be saved. */
function savedView(
  save: SaveView,
  { now, preview }: Pick<SaveControlGiven, 'now' | 'preview'>,
): SaveControlView | null {
  const tag = save.outcome?.checkpoint?.tag;
  if (hasMoreToSave(save, preview)) return null;
  if (save.outcome?.kind !== 'saved' || tag === undefined || now - (save.endedAt ?? 0) > SAVED_SHOWN_MS)
    return null;
  return {
    kind: 'saved',
    orb: 'ready',
    label: 'Saved',
    reason: `as ${formatSequence(tag)}`,
    done: SAVE_STAGES.length,
    now: null,
    disabledBecause: null,
  };
}

/** Whether what was saved last has not come to the person's own checkout yet. */
function waitsForCheckout(save: SaveView | null): boolean {
  return save?.outcome?.delivery?.state === 'waiting';
}

function idleView({ save, preview, tasks, lastEntry, now }: SaveControlGiven): SaveControlView {
  const enters = preview?.enters ?? [];
  const working = tasks.filter((task) => task.state === 'running').length;
  const orb = working > 0 ? 'working' : 'ready';
  const workers = working > 0 ? `${formatNoun(working, 'agent')} working` : null;
  const at = { orb, done: 0, now: null } as const;
  if (enters.length > 0) {
    const files = tasks
      .filter((task) => enters.includes(task.id))
      .reduce((sum, task) => sum + task.files.changed, 0);
    return {
      ...at,
      kind: 'ready',
      label: `Save ${enters.length}`,
      reason: workers ?? formatNoun(files, 'file'),
      disabledBecause: null,
    };
  }
  return { ...at, kind: 'nothing', label: 'Save', ...nothingWords({ save, lastEntry, now }) };
}

/** Why there is nothing to save, short and long. */
function nothingWords({
  save,
  lastEntry,
  now,
}: Pick<SaveControlGiven, 'save' | 'lastEntry' | 'now'>): Pick<
  SaveControlView,
  'reason' | 'disabledBecause'
> {
  if (lastEntry === null)
    return { reason: 'nothing yet', disabledBecause: 'Nothing to save yet: approve a task first.' };
  const saved = formatAgo(lastEntry.at, now);
  return {
    reason: waitsForCheckout(save) ? 'your checkout waits' : `saved ${saved}`,
    disabledBecause: `Everything is saved, ${saved}.`,
  };
}

/** A block in one word or two: the link is lost, or what is shown is over. */
function blockWord(block: string): string {
  if (block.startsWith('Offline')) return 'offline';
  return block.startsWith('Reconnecting') ? 'reconnecting' : 'not live';
}

/** The Save control as a pure function of what the server said. */
export function saveControlView(given: SaveControlGiven): SaveControlView {
  const { save, writeBlock } = given;
  if (writeBlock !== null)
    return {
      kind: 'offline',
      orb: 'offline',
      label: 'Save',
      reason: blockWord(writeBlock),
      done: 0,
      now: null,
      disabledBecause: writeBlock,
    };
  if (isRunning(save)) return savingView(save);
  return (save === null ? null : endedView(save, given)) ?? idleView(given);
}

/** What a Save of chosen tasks would meet, each in a few words. */
export function dryRunView(
  preview: SavePreview,
  chosen: readonly string[],
): readonly { readonly look: StateLook; readonly words: string }[] {
  const along = preview.enters.filter((id) => !chosen.includes(id)).length;
  const open = preview.checks.filter(({ known }) => known === 'unknown').length;
  const red = preview.checks.filter(({ known }) => known === 'failed').map(({ name }) => name);
  const paths = [...new Set(preview.conflicts.map(({ path }) => path))];
  return [
    ...(along === 0
      ? []
      : [
          {
            look: 'queued' as const,
            words: `${formatNoun(along, 'task')} below ${along === 1 ? 'goes' : 'go'} along`,
          },
        ]),
    paths.length === 0
      ? { look: 'ready' as const, words: 'Joins without a conflict' }
      : { look: 'conflict' as const, words: `Would stop at a conflict in ${paths.join(', ')}` },
    ...(red.length === 0 ? [] : [{ look: 'failed' as const, words: `Known to fail: ${red.join(', ')}` }]),
    ...(open === 0 ? [] : [{ look: 'queued' as const, words: `${formatNoun(open, 'check')} would run` }]),
    ...(preview.checks.length > 0 && open + red.length === 0
      ? [{ look: 'ready' as const, words: 'Every check has passed on this very tree' }]
      : []),
    ...(preview.checks.length === 0
      ? [{ look: 'waiting' as const, words: 'No check is configured: unverified' }]
      : []),
  ];
}
