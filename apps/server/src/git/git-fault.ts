/** git failed in a way that its caller did not declare: a bug, a broken repository or a failing machine. */
export class GitFault extends Error {
  override readonly name = 'GitFault';
  readonly args: readonly string[];
  /** Exit code, or null when the process was killed, could not start or the helper was lost. */
  readonly exitCode: number | null;
  readonly stderr: string;

  constructor(message: string, details: GitFaultDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.args = details.args ?? [];
    this.exitCode = details.exitCode ?? null;
    this.stderr = details.stderr ?? '';
  }
}

/** What is known about a failed command. */
export interface GitFaultDetails {
  readonly args?: readonly string[];
  readonly exitCode?: number | null;
  readonly stderr?: string;
  readonly cause?: unknown;
}
