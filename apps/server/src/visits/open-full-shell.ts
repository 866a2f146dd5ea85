import type { IPty, spawn as Spawn } from '@lydell/node-pty';
import { MARK } from '../platform/process.ts';
import type { OpenShell } from './shell.ts';

/** The part of node-pty that is used. */
export interface Pty {
  readonly spawn: typeof Spawn;
}

/** A shell on a terminal of the system, with colours, job control and programs that fill the screen. */
export function makeOpenFullShell(load: () => Promise<Pty>): OpenShell {
  return async ({ program, cwd, environment, mark, size, onOutput }) => {
    const { spawn } = await load();
    const pty = spawn(program, [], {
      ...{ cwd, cols: size.columns, rows: size.rows, name: 'xterm-256color' },
      env: { ...environment, COLORTERM: 'truecolor', [MARK]: mark },
      // Bytes, so that a letter that is cut in two arrives whole.
      encoding: null,
    });
    pty.onData((bytes: string | Buffer) => onOutput(Buffer.from(bytes)));
    const ended = new Promise<string>((resolve) => {
      pty.onExit(({ exitCode, signal }) => resolve(wordsOf(exitCode, signal)));
    });
    return {
      kind: 'full',
      ended,
      write: (text) => pty.write(text),
      resize: (next) => resize(pty, next.columns, next.rows),
      pause: () => pty.pause(),
      resume: () => pty.resume(),
      hangUp: () => pty.kill(),
    };
  };
}

/** Loaded where the first terminal is opened: a server without one never has its native part in memory. */
export function loadPty(): Promise<Pty> {
  return import('@lydell/node-pty');
}

function wordsOf(code: number, signal: number | undefined): string {
  return signal === undefined || signal === 0
    ? `the shell ended with code ${code}`
    : `the shell was ended by signal ${signal}`;
}

function resize(pty: IPty, columns: number, rows: number): void {
  try {
    pty.resize(columns, rows);
  } catch {
    // It ended a moment ago; its end is told in its own way.
  }
}
