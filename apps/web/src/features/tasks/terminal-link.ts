import { TerminalGreeting } from '@thalogos/contracts';
import type { TerminalFrame, TerminalSize } from '@thalogos/contracts';
import { afterClose, cutInput, isFresh, type TerminalLink, waitBefore } from './terminal-view.ts';

/** What becomes of a terminal's connection. */
export interface TerminalLinkEvents {
  /** Bytes to draw; `done` is to be called once they are drawn. */
  readonly onOutput: (bytes: Uint8Array, done: () => void) => void;
  /** What was drawn so far is not what comes before the output that follows, which was printed for that size. */
  readonly onFresh: (size: TerminalSize) => void;
  /** What was kept is drawn: from now on it is printed for this page's own size. */
  readonly onCaughtUp: () => void;
  readonly onLink: (link: TerminalLink) => void;
  readonly size: () => TerminalSize;
}

const TOLD_AT_BYTES = 32 * 1024;

/** The connection of one terminal; lost, it is opened again and goes on where it was. */
export class TerminalConnection {
  readonly #terminal: string;
  readonly #events: TerminalLinkEvents;
  #socket: WebSocket | null = null;
  #received = 0;
  #drawn = 0;
  #tries = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;
  #isCatchingUp = false;

  constructor(terminal: string, events: TerminalLinkEvents) {
    this.#terminal = terminal;
    this.#events = events;
    this.#open();
  }

  input(text: string): void {
    for (const data of cutInput(text)) this.#send({ type: 'input', data });
  }

  resize(size: TerminalSize): void {
    this.#send({ type: 'size', size });
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#socket?.close();
  }

  #open(): void {
    const { protocol, host } = location;
    const place = this.#received === 0 ? '' : `?from=${this.#received}`;
    const scheme = protocol === 'https:' ? 'wss' : 'ws';
    const socket = new WebSocket(`${scheme}://${host}/terminals/${this.#terminal}${place}`);
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => this.#take(socket, data));
    socket.addEventListener('close', ({ code, reason }) => this.#lost(socket, code, reason));
    this.#socket = socket;
    this.#drawn = 0;
  }

  #take(socket: WebSocket, data: unknown): void {
    if (data instanceof ArrayBuffer) {
      this.#received += data.byteLength;
      const bytes = new Uint8Array(data);
      const isKept = this.#isCatchingUp;
      this.#isCatchingUp = false;
      this.#events.onOutput(bytes, () => {
        this.#drew(bytes.length, socket);
        if (isKept) this.#catchUp(socket);
      });
      return;
    }
    const greeting = TerminalGreeting.parse(JSON.parse(String(data)));
    const isNew = this.#received === 0 || isFresh(greeting, this.#received);
    this.#received = greeting.from;
    this.#tries = 0;
    this.#isCatchingUp = isNew && greeting.kept > 0;
    if (isNew) this.#events.onFresh(greeting.size);
    this.#events.onLink({ kind: 'open' });
    if (!this.#isCatchingUp) this.#catchUp(socket);
  }

  #catchUp(socket: WebSocket): void {
    if (socket !== this.#socket || this.#isClosed) return;
    this.#events.onCaughtUp();
    this.resize(this.#events.size());
  }

  /** Told in large sums: the server holds its output back only when much of it is undrawn. */
  #drew(bytes: number, socket: WebSocket): void {
    if (socket !== this.#socket) return;
    this.#drawn += bytes;
    if (this.#drawn < TOLD_AT_BYTES) return;
    this.#send({ type: 'drawn', bytes: this.#drawn });
    this.#drawn = 0;
  }

  #lost(socket: WebSocket, code: number, reason: string): void {
    if (this.#isClosed || socket !== this.#socket) return;
    const link = afterClose(code, reason, this.#tries);
    this.#events.onLink(link);
    if (link.kind !== 'lost') return;
    this.#tries = link.tries;
    this.#timer = setTimeout(() => this.#open(), waitBefore(link.tries));
  }

  #send(frame: TerminalFrame): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }
}
