import type { CheckResult, SaveView, StageReport, Task } from '@thalogos/contracts';

/** Puts a thing into a list by its id: replaced where it is, added at the end where it is new. */
export function putById<T extends { readonly id: string }>(list: readonly T[], item: T): T[] {
  const at = list.findIndex((one) => one.id === item.id);
  return at === -1 ? [...list, item] : list.with(at, item);
}

/** A task with what its agent has just written; an older run's news changes nothing. */
export function noteProgress(
  task: Task,
  news: {
    readonly run: string;
    readonly lastLine: string | null;
    readonly plan: Task['plan'];
    readonly cost: Task['cost'];
  },
): Task {
  if (task.run !== news.run) return task;
  return {
    ...task,
    lastLine: news.lastLine ?? task.lastLine,
    plan: news.plan.length > 0 ? news.plan : task.plan,
    cost: news.cost ?? task.cost,
  };
}

/** A Save with the newest report of one stage; the stage that is active is the one it stands in. */
export function putStage(save: SaveView, report: StageReport): SaveView {
  const at = save.stages.findIndex((one) => one.stage === report.stage);
  const stages = at === -1 ? [...save.stages, report] : save.stages.with(at, report);
  return { ...save, stages, stage: report.state === 'active' ? report.stage : save.stage };
}

/** A Save with the newest result of one check. */
export function putCheck(save: SaveView, check: CheckResult): SaveView {
  const at = save.checks.findIndex((one) => one.name === check.name);
  return { ...save, checks: at === -1 ? [...save.checks, check] : save.checks.with(at, check) };
}
