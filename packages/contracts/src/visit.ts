import { z } from 'zod';
import { TaskId, Timestamp } from './ids.ts';
import { Argv } from './project.ts';

/** One terminal of a person. */
export const TerminalId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/);
export type TerminalId = z.infer<typeof TerminalId>;

/** How large a terminal is, in characters. */
export const TerminalSize = z.object({
  columns: z.number().int().min(2).max(1000),
  rows: z.number().int().min(1).max(500),
});
export type TerminalSize = z.infer<typeof TerminalSize>;

/** A person's own shell in a task's worktree. It is not contained: it may do what the person may. */
export const Terminal = z.object({
  id: TerminalId,
  task: TaskId,
  by: z.string(),
  /** The program, such as `/bin/bash`. */
  shell: z.string(),
  /** `full` is a terminal of the system; `plain` takes whole lines and shows what they print, where there is none. */
  kind: z.enum(['full', 'plain']),
  startedAt: Timestamp,
});
export type Terminal = z.infer<typeof Terminal>;

/** Where a preview stands. `unanswered` runs, and nothing answers at its port. */
export const PreviewState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('starting') }),
  z.object({ kind: z.literal('ready'), at: Timestamp }),
  z.object({ kind: z.literal('unanswered'), seconds: z.number().int() }),
  z.object({ kind: z.literal('ended'), at: Timestamp, isStopped: z.boolean(), why: z.string() }),
]);
export type PreviewState = z.infer<typeof PreviewState>;

/** A dev server in a task's worktree, contained like an agent. */
export const Preview = z.object({
  task: TaskId,
  by: z.string(),
  command: Argv,
  port: z.number().int(),
  /** Its own host name, which no cookie of the console belongs to. */
  url: z.url(),
  state: PreviewState,
  startedAt: Timestamp,
});
export type Preview = z.infer<typeof Preview>;

/** What a preview would run, and whether it may. */
export const PreviewOffer = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('command'),
    command: Argv,
    /** What the package's own script says, where the command is one. */
    script: z.string().nullable(),
    from: z.enum(['project-file', 'package.json']),
    /** Names exactly this; it is sent back to start it. */
    hash: z.string(),
    /** False for one of a project file that nobody has trusted as it is now. */
    isTrusted: z.boolean(),
  }),
  z.object({ kind: z.literal('none'), why: z.string() }),
]);
export type PreviewOffer = z.infer<typeof PreviewOffer>;

/** An editor that the server can start on this machine. */
export const Editor = z.object({ id: z.string(), title: z.string() });
export type Editor = z.infer<typeof Editor>;

/** What a person can do, and does, in a task's worktree. */
export const TaskVisits = z.object({
  /** Null while there is none. */
  worktree: z.string().nullable(),
  terminals: z.array(Terminal),
  preview: Preview.nullable(),
  offer: PreviewOffer,
  /** Best first; empty where none was found. */
  editors: z.array(Editor),
});
export type TaskVisits = z.infer<typeof TaskVisits>;

/** One line that a preview has printed. */
export const PreviewLine = z.object({ number: z.number().int(), text: z.string() });
export type PreviewLine = z.infer<typeof PreviewLine>;

/** The task whose worktree is asked about. */
export const VisitInput = z.object({ task: TaskId });
/** A terminal that is wished for. */
export const OpenTerminalInput = z.object({ task: TaskId, size: TerminalSize });
/** One terminal. */
export const TerminalInput = z.object({ terminal: TerminalId });
/** The preview of a task, and the hash of the command that the person has read. */
export const StartPreviewInput = z.object({ task: TaskId, hash: z.string().min(1).max(100) });
/** Lines after that number. */
export const PreviewLogInput = z.object({ task: TaskId, after: z.number().int().min(0).default(0) });
/** A worktree, or a file of it, that is to be opened in an editor. */
export const OpenEditorInput = z.object({
  task: TaskId,
  /** A path inside the worktree; none opens the folder. */
  file: z.string().min(1).max(4096).optional(),
  line: z.number().int().min(1).max(10_000_000).optional(),
});

/** What a console sends on the connection of a terminal; output comes back as bytes. */
export const TerminalFrame = z.discriminatedUnion('type', [
  z.object({ type: z.literal('input'), data: z.string().max(32_768) }),
  z.object({ type: z.literal('size'), size: TerminalSize }),
  /** So many bytes have been drawn; the shell is held back while too many have not. */
  z.object({ type: z.literal('drawn'), bytes: z.number().int().min(0) }),
]);
export type TerminalFrame = z.infer<typeof TerminalFrame>;

/** What a server says first on that connection: the output that follows begins at `from`, counted from the shell's start. */
export const TerminalGreeting = z.object({
  type: z.literal('greeting'),
  terminal: Terminal,
  from: z.number().int(),
  /** How much of it was kept, and the size that it was printed for. */
  kept: z.number().int(),
  size: TerminalSize,
});
export type TerminalGreeting = z.infer<typeof TerminalGreeting>;

/** Why a server closes the connection of a terminal, as the code of its close. */
export const TERMINAL_CLOSE = { ended: 4000, takenOver: 4001, tooFast: 4002, unreadable: 4003 } as const;
