import type { Oid } from '@thalogos/contracts';
import { GUIDE } from './conversation/chat.ts';
import { approvesWithoutPerson } from './policy/approve-patterns.ts';
import { gatePaths } from './policy/gate-paths.ts';
import type { Projects } from './projects/projects.ts';
import { trustContent } from './projects/settings/trust-content.ts';
import type { Decisions } from './review/decisions.ts';
import type { Saves } from './saves/saves.ts';
import type { Sessions } from './sessions/sessions.ts';
import type { makeReadDiff } from './tasks/read-diff.ts';
import type { TaskRecord } from './tasks/task.ts';
import type { TaskStore } from './tasks/task-store.ts';
import type { Tasks } from './tasks/tasks.ts';

/** The parts that the rules join; a rule takes only those that it needs. */
export interface JoinedParts {
  readonly projects: Projects;
  readonly decisions: Decisions;
  readonly saves: Saves;
  readonly sessions: Sessions;
  readonly tasks: Tasks;
  readonly taskStore: TaskStore;
  readonly readDiff: ReturnType<typeof makeReadDiff>;
}

/**
 * Who let a result in beforehand: the person who stated its goal so, or the project's
 * `approve` patterns. Null where a person has to look, as always where the gate is changed.
 */
export async function letInBy(
  { projects, readDiff }: Pick<JoinedParts, 'projects' | 'readDiff'>,
  task: TaskRecord,
  result: Oid | null,
): Promise<string | null> {
  const { id, project, base, approvedInAdvance } = task;
  if (result === null || isForAPerson(task)) return null;
  const { config, hash } = await projects.settingsAt(project, base);
  const isPatternTrusted = config.approve.length > 0 && projects.isTrusted(project, hash);
  if (approvedInAdvance === null && !isPatternTrusted) return null;
  const { files } = await readDiff(id, result);
  const paths = files.flatMap(({ path, from }) => (from === null ? [path] : [path, from]));
  // Who let work in without seeing it did not mean what decides over such work.
  if (gatePaths(paths, commandsOf(config)).length > 0) return null;
  if (approvedInAdvance !== null) return approvedInAdvance;
  return approvesWithoutPerson(config.approve, paths) ? 'policy: approve' : null;
}

/** A solution that an agent proposes is a person's to take, and so is one of several attempts. */
function isForAPerson({ settles, contest }: TaskRecord): boolean {
  return settles !== undefined || contest?.isKept === false;
}

function commandsOf({ setup, checks }: Settings['config']): readonly (readonly string[])[] {
  return [...setup, ...checks.map(({ command }) => command)];
}

type Settings = Awaited<ReturnType<Projects['settingsAt']>>;

/** Asks once for what is not trusted; an older question about another state of the file is taken back. */
export function askForTrust(
  { decisions, projects }: Pick<JoinedParts, 'decisions' | 'projects'>,
  project: string,
  { config, hash }: Pick<Settings, 'config' | 'hash'>,
): void {
  const open = decisions.listOpen(project).filter(({ kind }) => kind === 'trust');
  if (open.some(({ detail }) => detail.includes(hash))) return;
  decisions.withdrawOfKind(project, 'trust');
  // One yes is for all of it, so all of it is shown.
  const { executes, loosens } = trustContent(config);
  const asked = [...executes.map(({ command }) => command.join(' ')), ...loosens];
  decisions.open(
    {
      ...{
        project,
        session: null,
        task: null,
        run: null,
        requestId: hash,
        kind: 'trust',
        recommended: null,
        default: null,
      },
      summary: `May the project file of ${projects.get(project).name} run these commands?`,
      detail: `${asked.join('\n')}\n\n${hash}`,
      options: [
        {
          id: 'trust',
          label: 'Trust them',
          does: 'They run from now on; any change of the file asks again.',
        },
        { id: 'deny', label: 'Not now', does: 'None of it runs, and what needs it waits.' },
      ],
    },
    'orchestrator',
  );
}

/** A session whose Save got stuck awaits a person; any other end of a Save settles it. */
export function settleSessions(
  { saves, sessions }: Pick<JoinedParts, 'saves' | 'sessions'>,
  project: string,
): void {
  const session = sessions.current(project);
  const outcome = saves.current(project)?.outcome ?? null;
  if (session === null || outcome === null) return;
  const isStuck = outcome.kind === 'conflicted' || outcome.kind === 'checks-failed';
  const reason =
    outcome.kind === 'conflicted' ? 'the last Save met a conflict' : 'a check of the last Save is red';
  sessions.tell(session.id, isStuck ? { type: 'save-stuck', reason } : { type: 'settled' }, GUIDE);
}

/** Says in the transcripts of running agents that a checkpoint moved main under them, and when they will follow. */
export function tellMoved({ saves, tasks }: Pick<JoinedParts, 'saves' | 'tasks'>, project: string): void {
  const outcome = saves.current(project)?.outcome ?? null;
  if (outcome?.kind !== 'saved') return;
  const name = outcome.checkpoint === null ? 'a checkpoint' : outcome.checkpoint.tag;
  tasks.tellMoved(project, `Main has moved to ${name}. This work is brought onto it when the turn ends.`);
}
