import { z } from 'zod';

/** The shapes of the command line's JSON, written from its documentation: what is named there has to be there. */
const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/);
const oid = z.string().regex(/^[0-9a-f]{40}$/);
const text = z.string();
const whole = z.number().int().nonnegative();

const STATES = [
  'planned',
  'queued',
  'blocked',
  'running',
  'waiting',
  'stopped',
  'interrupted',
  'failed',
  'review',
  'approved',
  'rejected',
  'saved',
  'cancelled',
] as const;

export const Failed = z.object({
  error: z.looseObject({ code: text, message: text.min(1), hint: text.nullable(), details: z.unknown() }),
});

const Task = z.looseObject({
  id,
  key: text,
  title: text,
  state: z.enum(STATES),
  agent: text,
  after: z.array(id),
  branch: text,
  result: oid.nullable(),
  tree: oid.nullable(),
  files: z.looseObject({ changed: whole, added: whole, removed: whole }),
  runs: z.unknown(),
  error: z.looseObject({ class: text, message: text }).nullable(),
  cost: z.looseObject({ tokens: whole, usd: z.number().nullable() }).nullable(),
});
export const Tasks = z.looseObject({ tasks: z.array(Task) });

const Conflict = z.looseObject({
  id: text,
  path: text,
  kind: z.enum(['text', 'add-add', 'modify-delete', 'rename', 'binary', 'gitlink']),
  ours: z.looseObject({ task: id.nullable(), title: text }),
  theirs: z.looseObject({ task: id, title: text }),
  policy: text.nullable(),
});

export const Outcome = z.looseObject({
  kind: z.enum(['saved', 'nothing-to-save', 'refused', 'conflicted', 'checks-failed', 'cancelled']),
  save: id,
  checkpoint: z
    .looseObject({ tag: text.regex(/^checkpoint\/\d{4}-\d\d-\d\d-\d{3}$/), commit: oid, sequence: whole })
    .nullable(),
  base: oid.nullable(),
  tasks: z.array(id),
  conflicts: z.array(Conflict),
  checks: z.array(
    z.looseObject({
      name: text,
      state: z.enum(['passed', 'failed', 'unverified', 'skipped']),
      seconds: z.number(),
      log: text,
    }),
  ),
  failed: z.array(text),
  culprit: z.looseObject({ task: id, check: text }).nullable(),
  rest: z.looseObject({ savable: z.array(id) }).nullable(),
  refused: z.looseObject({ why: text, fix: text }).nullable(),
  delivery: z
    .looseObject({
      state: z.enum(['updated', 'waiting', 'diverged', 'none']),
      files: z.array(text),
      reason: text.nullable(),
    })
    .nullable(),
});

export const Status = z.looseObject({
  server: z.looseObject({ pid: whole, port: whole, url: text, version: text }),
  project: z.looseObject({ id, path: text, branch: text, head: oid.nullable() }).nullable(),
  session: z.looseObject({ id, state: text }).nullable(),
  tasks: z.partialRecord(z.enum(STATES), whole),
  save: z.looseObject({ id, stage: text }).nullable(),
  decisions: whole,
});

export const Doctor = z.looseObject({
  checks: z
    .array(z.looseObject({ name: text, ok: z.boolean(), found: text, needed: text, fix: text.nullable() }))
    .min(1),
});

export const Agents = z.looseObject({
  agents: z
    .array(
      z.looseObject({
        name: text,
        installed: z.boolean(),
        version: text.nullable(),
        path: text.nullable(),
        signedIn: z.boolean(),
        contained: z.boolean(),
        healthy: z.boolean(),
        fix: text.nullable(),
      }),
    )
    .min(1),
});

export const Trust = z.looseObject({
  trusted: z.boolean(),
  hash: text,
  executes: z.array(z.unknown()),
  loosens: z.array(z.unknown()),
});

export const Goal = z.looseObject({ session: id, goal: id, tasks: z.array(Task) });
export const OneTask = z.looseObject({
  task: Task,
  runs: z.array(z.unknown()),
  transcript: z.array(z.unknown()),
});
export const Diff = z.looseObject({
  files: z.array(z.looseObject({ path: text, status: text, added: whole, removed: whole })),
  patch: text,
});

export const Preview = z.looseObject({
  enters: z.array(id),
  waits: z.array(z.looseObject({ task: id, why: text })),
  conflicts: z.array(Conflict),
  pairs: z.array(z.looseObject({ a: id, b: id, files: z.array(text) })),
  checks: z.array(z.looseObject({ name: text, known: z.enum(['passed', 'failed', 'unknown']) })),
});

export const Conflicts = z.looseObject({ conflicts: z.array(Conflict) });
export const StartedSave = z.looseObject({ save: z.looseObject({ id, stage: text }) });
export const CancelledSave = z.looseObject({ save: z.looseObject({ id }), cancelled: z.boolean() });

export const Timeline = z.looseObject({
  entries: z.array(
    z.looseObject({
      kind: z.enum(['save', 'restore', 'promotion', 'failed']),
      tag: text.nullable(),
      commit: oid.nullable(),
      sequence: whole.nullable(),
      at: z.unknown(),
      tasks: z.array(z.looseObject({ id, title: text, agent: text })),
      by: text,
      undone: z.array(id),
      signature: z.enum(['good', 'bad', 'missing']),
    }),
  ),
});

export const RolledBack = Outcome.extend({ undone: z.array(id) });

export const Decisions = z.looseObject({
  decisions: z.array(
    z.looseObject({
      id,
      kind: text,
      summary: text,
      options: z.array(z.looseObject({ id: text, label: text })),
      recommended: text.nullable(),
      default: text.nullable(),
      deadline: z.unknown(),
      task: id.nullable(),
    }),
  ),
});

export const Branches = z.looseObject({
  branches: z
    .array(
      z.looseObject({
        name: text,
        kind: z.enum(['main', 'integration', 'task', 'checkpoint-branch']),
        task: z.looseObject({ id, title: text }).nullable(),
        session: id.nullable(),
        head: oid,
        ahead: whole,
        behind: whole,
        push: z.unknown(),
        worktree: text.nullable(),
        updatedAt: whole,
      }),
    )
    .min(1),
  total: whole,
});

export const Promotion = z.looseObject({
  tag: text,
  commit: oid,
  branch: text,
  from: oid.nullable(),
  moved: z.boolean(),
});

export const Workflow = z.looseObject({ path: text, content: text, notes: z.array(text) });
