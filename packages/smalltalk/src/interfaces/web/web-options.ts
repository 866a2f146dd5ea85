import type { LogSink } from '../../types/log-sink.ts';
import type { WebUi } from './web-pages.ts';

/** What a web server can be told; everything has a default. */
export type WebOptions = {
  /** What it is called among a host's interfaces: `web`. */
  readonly name?: string;
  /** 3126; 0 takes any that is free. */
  readonly port?: number;
  /** 127.0.0.1, which nobody but this machine reaches. */
  readonly host?: string;
  /** Under which other names it may be spoken to, with their ports: `talk.example:443`. */
  readonly allowedHosts?: readonly string[];
  /** Which pages of other sites may speak to it: `https://shop.example`. None unless told. */
  readonly allowedOrigins?: readonly string[];
  /** `watching` answers /health, /ready and /metrics alone: for a port that only operators reach. `all` by default. */
  readonly serves?: 'all' | 'watching';
  /** The chat unless told otherwise. */
  readonly ui?: WebUi;
  readonly title?: string;
  readonly description?: string;
  /** The most bytes of one request or one WebSocket message: 1,000,000. */
  readonly maxBodyBytes?: number;
  /** The most WebSockets at once: 2,000. */
  readonly maxSockets?: number;
  /** The most messages under way on one WebSocket: 8. */
  readonly maxMessagesPerSocket?: number;
  /** How long `stop` lets answers under way end, in milliseconds: 10,000. */
  readonly stopTimeoutMs?: number;
  readonly log?: LogSink;
};

/** The same with nothing left open. */
export type WebSettings = Required<WebOptions>;
