import type { Terminal, TerminalSize } from '@thalogos/contracts';
import type { Clock } from '../platform/clock.ts';
import { makeOutputRing } from './output-ring.ts';
import type { Shell } from './shell.ts';

/** One who looks at a terminal. */
export interface Viewer {
  send(bytes: Buffer): void;
  /** Told once that nothing more will come. */
  part(because: 'ended' | 'taken-over', why: string): void;
}

/** What a viewer that has joined can do. */
export interface Joined {
  /** Where the output that is sent begins, in bytes from the shell's start. */
  readonly from: number;
  /** How many bytes of it were kept, and the size that the last of them were printed for. */
  readonly kept: number;
  readonly size: TerminalSize;
  /** Sends what is kept from there on; everything later comes by itself. */
  begin(): void;
  input(text: string): void;
  resize(size: TerminalSize): void;
  /** So many bytes more have been drawn. */
  drawn(bytes: number): void;
  leave(): void;
}

/** What a live terminal is made of. */
export interface LiveTerminalDeps {
  readonly terminal: Terminal;
  readonly shell: Shell;
  readonly size: TerminalSize;
  readonly clock: Clock;
  /** How long it stays when nobody looks (ms). */
  readonly idleMs: number;
  readonly onIdle: () => void;
}

/** How much is kept for whoever joins. */
const KEPT_BYTES = 256 * 1024;
/** How much may be on its way undrawn before the shell has to wait, and when it goes on. */
const UNDRAWN_MOST = 256 * 1024;
const UNDRAWN_AGAIN = 64 * 1024;
/** What a shell may print while nobody looks, before it waits for somebody. */
const UNSEEN_MOST = 16 * 1024 * 1024;

/** A shell with its newest output, looked at by one viewer or by nobody: a slow one holds it back, and nothing grows. */
export class LiveTerminal {
  readonly terminal: Terminal;
  readonly #deps: LiveTerminalDeps;
  readonly #ring = makeOutputRing(KEPT_BYTES);
  #viewer: Viewer | null = null;
  /** Bytes that were sent and not drawn; without a viewer, bytes that nobody has seen. */
  #waiting = 0;
  #isPaused = false;
  #size: TerminalSize;
  #stopIdling: () => void;

  constructor(deps: LiveTerminalDeps) {
    this.terminal = deps.terminal;
    this.#deps = deps;
    this.#size = deps.size;
    this.#stopIdling = deps.clock.after(deps.idleMs, deps.onIdle);
  }

  /** Settles when the shell has ended, with how. */
  async ended(): Promise<string> {
    const how = await this.#deps.shell.ended;
    this.#stopIdling();
    this.#viewer?.part('ended', how);
    this.#viewer = null;
    return how;
  }

  isWatched(): boolean {
    return this.#viewer !== null;
  }

  /** Takes what the shell has printed. */
  print(bytes: Buffer): void {
    this.#ring.push(bytes);
    this.#waiting += bytes.length;
    this.#viewer?.send(bytes);
    this.#regulate();
  }

  hangUp(): void {
    // What is held back would keep its end from being told.
    if (this.#isPaused) this.#deps.shell.resume();
    this.#isPaused = false;
    this.#deps.shell.hangUp();
  }

  /** Joins a viewer, in place of the one before; `place` is how far it has read already. */
  join(viewer: Viewer, place: number | null): Joined {
    const { shell } = this.#deps;
    this.#stopIdling();
    this.#viewer?.part('taken-over', 'it was opened in another window');
    const { from, bytes } = this.#ring.from(place);
    this.#viewer = viewer;
    this.#waiting = bytes.length;
    const whileMine = (act: () => void) => {
      if (this.#viewer === viewer) act();
    };
    return {
      ...{ from, kept: bytes.length, size: this.#size },
      begin: () => {
        if (bytes.length > 0) viewer.send(bytes);
        this.#regulate();
      },
      input: (text) => whileMine(() => shell.write(text)),
      resize: (size) => whileMine(() => this.#resize(size)),
      drawn: (count) => whileMine(() => this.#drawn(count)),
      leave: () => whileMine(() => this.#leave()),
    };
  }

  #resize(size: TerminalSize): void {
    this.#size = size;
    this.#deps.shell.resize(size);
  }

  #drawn(count: number): void {
    this.#waiting = Math.max(0, this.#waiting - count);
    this.#regulate();
  }

  #leave(): void {
    const { clock, idleMs, onIdle } = this.#deps;
    this.#viewer = null;
    this.#waiting = 0;
    this.#stopIdling = clock.after(idleMs, onIdle);
    this.#regulate();
  }

  #regulate(): void {
    const { shell } = this.#deps;
    const [most, again] = this.#viewer === null ? [UNSEEN_MOST, UNSEEN_MOST] : [UNDRAWN_MOST, UNDRAWN_AGAIN];
    const isTooMuch = this.#waiting > (this.#isPaused ? again : most);
    if (isTooMuch === this.#isPaused) return;
    this.#isPaused = isTooMuch;
    if (isTooMuch) shell.pause();
    else shell.resume();
  }
}
