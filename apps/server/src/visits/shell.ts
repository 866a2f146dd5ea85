import type { TerminalSize } from '@thalogos/contracts';
import type { Environment } from '../platform/process.ts';

/** A shell that is to be started. */
export interface ShellOrder {
  /** The program, by its absolute path. */
  readonly program: string;
  readonly cwd: string;
  readonly environment: Environment;
  readonly mark: string;
  readonly size: TerminalSize;
  readonly onOutput: (bytes: Buffer) => void;
}

/** A shell that runs. */
export interface Shell {
  readonly kind: 'full' | 'plain';
  /** Settles with how it ended, in words. */
  readonly ended: Promise<string>;
  write(text: string): void;
  resize(size: TerminalSize): void;
  /** Holds its output back: what it runs waits as soon as the system's own buffer is full. */
  pause(): void;
  resume(): void;
  /** Hangs up, as a terminal does whose window is closed. */
  hangUp(): void;
}

/** Starts a shell. */
export type OpenShell = (order: ShellOrder) => Promise<Shell>;
