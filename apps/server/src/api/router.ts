import { type AgentCalls, makeAgentsApi } from '../agents/agents.api.ts';
import { type AttachmentCalls, makeAttachmentsApi } from '../attachments/attachments.api.ts';
import { type BranchCalls, makeBranchesApi } from '../branches/branches.api.ts';
import { type ConflictCalls, makeConflictsApi } from '../conflicts/conflicts.api.ts';
import { type ConversationCalls, makeConversationApi } from '../conversation/conversation.api.ts';
import { type LogCalls, makeLogApi } from '../log/log.api.ts';
import { makeOpsApi, type OpsCalls } from '../ops/ops.api.ts';
import { makePlanningApi, type PlanningCalls } from '../planning/planning.api.ts';
import { makeProjectsApi, type ProjectCalls } from '../projects/projects.api.ts';
import { type ChangeCalls, makeChangesApi } from '../review/changes.api.ts';
import { makeReviewApi, type ReviewCalls } from '../review/review.api.ts';
import { makeSavesApi, type SaveCalls } from '../saves/saves.api.ts';
import { makeSearchApi, type SearchCalls } from '../search/search.api.ts';
import type { ArrangementCalls } from '../sessions/arrangements.ts';
import { makeSessionsApi, type SessionCalls } from '../sessions/sessions.api.ts';
import { makeTasksApi, type TaskCalls } from '../tasks/tasks.api.ts';
import { makeTimelineApi, type TimelineCalls } from '../timeline/timeline.api.ts';
import { makeVisitsApi, type VisitCalls } from '../visits/visits.api.ts';
import { router } from './trpc.ts';

/** Everything that can be called, by folder. */
export interface Calls {
  readonly projects: ProjectCalls;
  readonly sessions: SessionCalls & ArrangementCalls;
  readonly planning: PlanningCalls;
  readonly tasks: TaskCalls;
  readonly review: ReviewCalls;
  readonly changes: ChangeCalls;
  readonly saves: SaveCalls;
  readonly conflicts: ConflictCalls;
  readonly branches: BranchCalls;
  readonly timeline: TimelineCalls;
  readonly visits: VisitCalls;
  readonly agents: AgentCalls;
  readonly attachments: AttachmentCalls;
  readonly conversation: ConversationCalls;
  readonly ops: OpsCalls;
  readonly events: LogCalls;
  readonly search: SearchCalls;
}

/** The table of contents of the API: a procedure is `folder.verb`. */
export function makeRouter(calls: Calls) {
  return router({
    projects: makeProjectsApi(calls.projects),
    sessions: makeSessionsApi(calls.sessions),
    planning: makePlanningApi(calls.planning),
    tasks: makeTasksApi(calls.tasks),
    review: makeReviewApi(calls.review),
    changes: makeChangesApi(calls.changes),
    saves: makeSavesApi(calls.saves),
    conflicts: makeConflictsApi(calls.conflicts),
    branches: makeBranchesApi(calls.branches),
    timeline: makeTimelineApi(calls.timeline),
    visits: makeVisitsApi(calls.visits),
    agents: makeAgentsApi(calls.agents),
    attachments: makeAttachmentsApi(calls.attachments),
    conversation: makeConversationApi(calls.conversation),
    ops: makeOpsApi(calls.ops),
    events: makeLogApi(calls.events),
    search: makeSearchApi(calls.search),
  });
}

/** The one type that the browser and the command line import from the server. */
export type AppRouter = ReturnType<typeof makeRouter>;
