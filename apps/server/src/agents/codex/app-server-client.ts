import { NativeMessage } from './protocol.ts';
import type { Notification } from './translate.ts';

/** A question of the app-server that we must answer. */
export interface NativeRequest extends Notification {
  readonly id: string | number;
}

/** Our side of codex's JSON-RPC: one object a line, without the `jsonrpc` field. */
export interface AppServerClient {
  /** Calls a method; rejects with its error, or when the process ends. */
  call(method: string, params: unknown): Promise<unknown>;
  notify(method: string): void;
  respond(id: string | number, result: unknown): void;
  refuse(id: string | number, message: string): void;
  /** To be told every line of the process. */
  receive(line: string): void;
  /** Fails every open call. */
  end(error: Error): void;
}

/** Who hears what the app-server says by itself. */
export interface AppServerListener {
  readonly onNotification: (notification: Notification) => void;
  readonly onRequest: (request: NativeRequest) => void;
  /** A line that is no message at all. */
  readonly onNoise: (line: string) => void;
}

/** Makes a client that writes through `send`; a call the app-server refuses rejects with its words. */
export function makeAppServerClient(
  send: (message: unknown) => void,
  listener: AppServerListener,
): AppServerClient {
  const open = new Map<string | number, PromiseWithResolvers<unknown>>();
  let calls = 0;
  let ended: Error | null = null;

  function settle(id: string | number, message: NativeMessage): void {
    const call = open.get(id);
    open.delete(id);
    if (message.error === undefined) call?.resolve(message.result);
    else call?.reject(new AppServerRefusal(message.error.message));
  }

  return {
    async call(method, params) {
      if (ended !== null) throw ended;
      calls += 1;
      const call = Promise.withResolvers<unknown>();
      open.set(calls, call);
      send({ id: calls, method, params });
      return call.promise;
    },
    notify: (method) => send({ method }),
    respond: (id, result) => send({ id, result }),
    refuse: (id, message) => send({ id, error: { code: -32601, message } }),
    receive(line) {
      const message = parse(line);
      if (message === null) listener.onNoise(line);
      else if (message.method === undefined && message.id !== undefined) settle(message.id, message);
      else if (message.method === undefined) listener.onNoise(line);
      else if (message.id === undefined)
        listener.onNotification({ method: message.method, params: message.params });
      else listener.onRequest({ id: message.id, method: message.method, params: message.params });
    },
    end(error) {
      ended = error;
      for (const call of open.values()) call.reject(error);
      open.clear();
    },
  };
}

/** The app-server understood a call and said no. */
class AppServerRefusal extends Error {
  override readonly name = 'AppServerRefusal';
}

function parse(line: string): NativeMessage | null {
  try {
    const message = NativeMessage.safeParse(JSON.parse(line));
    return message.success ? message.data : null;
  } catch {
    return null;
  }
}
