import type { SaveRecord } from './save.ts';
import type { SaveContext } from './save-context.ts';
import type { ProjectSettings, SavableTask } from './save-deps.ts';
import { pathsBetween } from './name-conflicts.ts';

/**
 * Why a Save may not change what decides over Saves: nobody looked at that change. An
 * approval given in advance, or by a pattern, says nothing about the gate itself.
 */
export async function gateRefusalOf(
  context: SaveContext,
  record: SaveRecord,
  settings: ProjectSettings,
): Promise<{ why: string; fix: string } | null> {
  const { gatePaths, projects, tasks } = context;
  const { hub } = projects.place(record.project);
  const { setup, checks } = settings.config;
  const commands = [...setup, ...checks.map(({ command }) => command)];
  for (const task of unasked(record, tasks.savable(record.project))) {
    const changed = await pathsBetween(hub, task.base, task.result);
    const [first, ...others] = gatePaths([...changed], commands);
    if (first === undefined) continue;
    const files = others.length === 0 ? first : `${first} and ${others.length} more`;
    return {
      why: `“${task.title}” changes what decides whether work may land (${files}), and nobody has approved exactly that.`,
      fix: `Look at its diff and approve it: \`thalogos approve ${task.id}\`; or save without it.`,
    };
  }
  return null;
}

type Unasked = SavableTask & { readonly base: string; readonly result: string };

function unasked({ entering }: SaveRecord, now: readonly SavableTask[]): readonly Unasked[] {
  const ids = new Set(entering.map(({ id }) => id));
  return now.filter(
    (task): task is Unasked =>
      ids.has(task.id) && task.approval?.isUnasked === true && task.base !== null && task.result !== null,
  );
}
