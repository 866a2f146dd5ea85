import type { Row } from '../harness/comparison.ts';
import { agentHealth } from './agent-health.ts';
import { bigDiff } from './big-diff.ts';
import { conflictCheck } from './conflict-check.ts';
import { durableBus } from './durable-bus.ts';
import { fanOut } from './fan-out.ts';
import { gitFromServer } from './git-from-server.ts';
import { liveGraph } from './live-graph.ts';
import { replay } from './replay.ts';
import { rollback } from './rollback.ts';
import { interactions } from './interactions.ts';
import { saveLimit } from './save-limit.ts';
import { saveMerge } from './save-merge.ts';
import { sessionRestore } from './session-restore.ts';
import { sessionSave } from './session-save.ts';
import { transcript } from './transcript.ts';
import { workspaceReady } from './workspace-ready.ts';

/** Every row that can be measured, in the order of the table. */
export const rows: readonly Row[] = [
  saveMerge,
  saveLimit,
  conflictCheck,
  rollback,
  workspaceReady,
  gitFromServer,
  sessionSave,
  sessionRestore,
  replay,
  fanOut,
  durableBus,
  liveGraph,
  transcript,
  interactions,
  agentHealth,
  bigDiff,
];
