/** The longest goal that is accepted, in bytes. */
export const MAX_GOAL_BYTES = 100_000;

/** The most that one file may hold, in bytes. */
export const MAX_ATTACHMENT_BYTES = 20 * 1024 * 1024;

/** How many files may go with one goal or message. */
export const MAX_ATTACHMENTS = 20;

/** The longest text that is looked for. */
export const MAX_FIND_LENGTH = 1000;

/** How many events of the log one block of a replay spans; each begins at a multiple of it. */
export const REPLAY_BLOCK = 512;
