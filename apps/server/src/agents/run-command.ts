import { spawn } from 'node:child_process';

/** How a command ended; `code` is null where a signal ended it. */
export interface CommandEnd {
  readonly code: number | null;
  readonly output: string;
}

/** What is kept of a command's output for its last event; pieces were told as they came. */
const KEPT = 64 * 1024;
const PIPE_GRACE_MS = 250;

/**
 * Runs a shell command in the worktree and tells its output as it comes.
 *
 * It gets a session of its own, as real agents give theirs, so that an
 * interruption can end all of it at once.
 */
export async function runCommand(
  command: string,
  options: { readonly cwd: string; readonly signal: AbortSignal; readonly onOutput: (text: string) => void },
): Promise<CommandEnd> {
  const child = spawn('sh', ['-c', command], {
    cwd: options.cwd,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const end = () => {
    if (child.pid !== undefined) killGroup(child.pid);
  };
  options.signal.addEventListener('abort', end, { once: true });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      output = (output + text).slice(-KEPT);
      options.onOutput(text);
    });
  }
  try {
    return await new Promise((done, fail) => {
      child.once('error', fail);
      child.once('close', (code) => done({ code, output }));
      // A daemon that keeps the pipe open must not hold the turn.
      child.once('exit', (code) => setTimeout(() => done({ code, output }), PIPE_GRACE_MS).unref());
    });
  } finally {
    options.signal.removeEventListener('abort', end);
  }
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}
