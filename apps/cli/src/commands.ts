import type { CommandDefinition } from './command.ts';
import { agents } from './commands/agents.ts';
import { approve } from './commands/approve.ts';
import { branches } from './commands/branches.ts';
import { cancel } from './commands/cancel.ts';
import { compare } from './commands/compare.ts';
import { conflicts } from './commands/conflicts.ts';
import { decide } from './commands/decide.ts';
import { decisions } from './commands/decisions.ts';
import { diff } from './commands/diff.ts';
import { doctor } from './commands/doctor.ts';
import { goal } from './commands/goal.ts';
import { leaveDegraded } from './commands/leave-degraded.ts';
import { keep } from './commands/keep.ts';
import { open } from './commands/open.ts';
import { pause } from './commands/pause.ts';
import { plan } from './commands/plan.ts';
import { preview } from './commands/preview.ts';
import { priority } from './commands/priority.ts';
import { projects } from './commands/projects.ts';
import { promote } from './commands/promote.ts';
import { rebuildTimeline } from './commands/rebuild-timeline.ts';
import { redo } from './commands/redo.ts';
import { reject } from './commands/reject.ts';
import { resolve } from './commands/resolve.ts';
import { resume } from './commands/resume.ts';
import { retry } from './commands/retry.ts';
import { rollback } from './commands/rollback.ts';
import { save } from './commands/save.ts';
import { start } from './commands/start.ts';
import { status } from './commands/status.ts';
import { steer } from './commands/steer.ts';
import { stopServer } from './commands/stop-server.ts';
import { stop } from './commands/stop.ts';
import { task } from './commands/task.ts';
import { tasks } from './commands/tasks.ts';
import { timeline } from './commands/timeline.ts';
import { trust } from './commands/trust.ts';
import { verify } from './commands/verify.ts';
import { workflow } from './commands/workflow.ts';

/** Every command, in the order in which help lists them. */
export const COMMANDS: readonly CommandDefinition[] = [
  ...[start, stopServer, open, status, trust, doctor, agents, projects],
  ...[
    goal,
    plan,
    tasks,
    task,
    diff,
    approve,
    reject,
    steer,
    stop,
    retry,
    cancel,
    pause,
    resume,
    leaveDegraded,
  ],
  ...[compare, keep, priority],
  ...[
    preview,
    save,
    conflicts,
    resolve,
    timeline,
    rollback,
    redo,
    branches,
    promote,
    workflow,
    decisions,
    decide,
    verify,
    rebuildTimeline,
  ],
];
