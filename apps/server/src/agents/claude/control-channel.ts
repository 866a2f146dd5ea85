import { z } from 'zod';

const Response = z.object({
  response: z.object({
    request_id: z.string(),
    subtype: z.string(),
    error: z.string().exactOptional(),
    response: z.unknown().optional(),
  }),
});

/** Our side of claude's control requests: a question with a number, answered with the same number. */
export interface ControlChannel {
  /** Asks; rejects with claude's words, or when the process ends. */
  ask(request: object): Promise<unknown>;
  /** To be told every `control_response`. */
  hear(line: unknown): void;
  /** Fails every open question. */
  end(error: Error): void;
}

/** Makes a channel that writes through `send`. */
export function makeControlChannel(send: (message: unknown) => void): ControlChannel {
  const open = new Map<string, PromiseWithResolvers<unknown>>();
  let asked = 0;
  let ended: Error | null = null;
  return {
    async ask(request) {
      if (ended !== null) throw ended;
      asked += 1;
      const id = `thalogos-${asked}`;
      const answer = Promise.withResolvers<unknown>();
      open.set(id, answer);
      send({ type: 'control_request', request_id: id, request });
      return answer.promise;
    },
    hear(line) {
      const parsed = Response.safeParse(line).data;
      if (parsed === undefined) return;
      const { request_id: id, error, response } = parsed.response;
      const waiting = open.get(id);
      open.delete(id);
      if (error === undefined) waiting?.resolve(response);
      else waiting?.reject(new Error(error));
    },
    end(error) {
      ended = error;
      for (const waiting of open.values()) waiting.reject(error);
      open.clear();
    },
  };
}
