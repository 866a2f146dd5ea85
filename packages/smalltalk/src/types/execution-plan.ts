/** How several agents work on one message. */
export type CollaborationPattern =
  | 'specialist-consultation'
  | 'sequential-handoff'
  | 'parallel-synthesis'
  | 'debate-discussion'
  | 'review-refinement';

/** One agent's part of a plan. */
export type PlanStep = {
  readonly id: string;
  readonly agentName: string;
  readonly instruction: string;
  /** Ids of steps whose results it needs. */
  readonly dependsOn: readonly string[];
  readonly status: 'pending' | 'executing' | 'completed' | 'failed' | 'skipped';
  readonly output?: string;
  readonly error?: string;
  /** The decision that chose its agent. */
  readonly decisionId?: string;
};

/** Where a plan stands; `interrupted` was ended by its user. */
export type PlanStatus = 'pending' | 'executing' | 'paused' | 'completed' | 'failed' | 'interrupted';

/** What is to be done about a message, by whom and in which order. */
export type ExecutionPlan = {
  /** UUID v4; the id of the decision that it stands for, too. */
  readonly id: string;
  readonly sessionId: string;
  readonly userId: string;
  readonly steps: readonly PlanStep[];
  /** Of the steps that have ended, the number. */
  readonly currentStepIndex: number;
  readonly status: PlanStatus;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly userIntent: string;
  readonly expectedOutcome: string;
  readonly pattern: CollaborationPattern;
  readonly metadata: Readonly<Record<string, unknown>>;
};

/** How a plan came to be what it is. */
export type PlanRouting = {
  readonly selectedAgents: readonly string[];
  readonly collaborationPattern: 'sequential' | 'parallel' | 'debate' | 'review';
  /** Half the decision's, three tenths the skills', two tenths what was learnt of the user. */
  readonly confidence: number;
  readonly reasoning: string;
  /** Milliseconds, by what the agents took so far. */
  readonly estimatedDuration: number;
  /** Where a user may step in, and how safe that is. */
  readonly interruptionPoints: readonly { readonly afterStep: number; readonly safety: 'safe' | 'warning' }[];
};

/** What a user wants who speaks while a plan is carried out. */
export type InterruptionKind = 'STOP' | 'PAUSE' | 'REDIRECT' | 'AGENT_SWITCH' | 'NEW_PLAN' | 'CLARIFICATION';

/** What was changed about a plan, and why. */
export type PlanAdaptation = {
  readonly kind: 'reorder' | 'replace' | 'insert' | 'remove' | 'modify' | 'complete-redesign';
  /** Applied when it is above 0.7. */
  readonly confidence: number;
  readonly reason: string;
};
