import { request } from 'node:http';
import type { Clock } from '../platform/clock.ts';

/** A server that is expected to answer. */
export interface AwaitedServer {
  readonly port: number;
  /** Its host name, as a browser will say it. */
  readonly name: string;
  /** The path that answers below 500 when it is ready. */
  readonly path: string;
  readonly clock: Clock;
}

/** The addresses on which a program may listen that was told of this machine alone. */
const LOOPBACK = ['127.0.0.1', '::1'];
const EVERY_MS = 250;
const PATIENCE_MS = 5000;

/** Asks again and again; calls `onAnswer` once. The returned function gives up. */
export function awaitAnswer(server: AwaitedServer, onAnswer: () => void): () => void {
  let isOver = false;
  let stopWaiting: () => void = () => undefined;
  const look = async () => {
    const answers = await Promise.all(LOOPBACK.map((host) => answersAt(host, server)));
    if (isOver) return;
    if (answers.includes(true)) {
      isOver = true;
      onAnswer();
    } else stopWaiting = server.clock.after(EVERY_MS, () => void look());
  };
  void look();
  return () => {
    isOver = true;
    stopWaiting();
  };
}

function answersAt(host: string, { port, name, path }: AwaitedServer): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = request(
      { host, port, path, timeout: PATIENCE_MS, agent: false, headers: { host: `${name}:${port}` } },
      (answer) => {
        resolve((answer.statusCode ?? 500) < 500);
        answer.destroy();
      },
    );
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => resolve(false));
    asked.end();
  });
}
