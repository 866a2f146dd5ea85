import type { ErrorCode, SaveOutcome } from '@thalogos/contracts';

/** What the exit code of a command says. */
export const EXIT = { done: 0, failed: 1, usage: 2, alreadyRuns: 3, needsPerson: 4, refused: 5 } as const;

/** An exit code of ours. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The exit code of a command that could not be carried out. */
export function exitOfError(code: ErrorCode): ExitCode {
  switch (code) {
    case 'usage':
      return EXIT.usage;
    case 'already-running':
      return EXIT.alreadyRuns;
    case 'refused':
    case 'forbidden':
    case 'unauthorised':
      return EXIT.refused;
    case 'not-found':
    case 'conflict':
    case 'not-a-repository':
    case 'unusable-repository':
    case 'bad-config':
    case 'bad-goal':
    case 'unknown-agent':
    case 'wrong-state':
    case 'unreachable':
    case 'too-large':
    case 'rate-limited':
    case 'fault':
      return EXIT.failed;
  }
}

/** The exit code of a Save or a rollback by how it ended. */
export function exitOfOutcome(kind: SaveOutcome['kind']): ExitCode {
  switch (kind) {
    case 'saved':
    case 'nothing-to-save':
    case 'cancelled':
      return EXIT.done;
    case 'conflicted':
    case 'checks-failed':
      return EXIT.needsPerson;
    case 'refused':
      return EXIT.refused;
  }
}
