import type { z } from 'zod';
import type { ConversationHost } from '../../types/conversation-interface.ts';
import type { Spoken } from '../converse.ts';
import type { ServerStatus } from './web-schemas.ts';

/** What an operation answers: a value, a text, nothing, or an answer as it is spoken. */
export type Answer =
  | { readonly kind: 'value'; readonly status: number; readonly value: unknown }
  | { readonly kind: 'text'; readonly type: string; readonly text: string }
  | { readonly kind: 'nothing'; readonly status: 204 }
  | { readonly kind: 'spoken'; readonly spoken: AsyncGenerator<Spoken> };

/** What an operation is given: everything in it has been checked. */
export type Asked<Body> = {
  readonly host: ConversationHost;
  /** What the server knows of itself. */
  readonly describeServer: () => ServerStatus;
  readonly body: Body;
  readonly sessionId: string;
  /** Whether the client wants to hear the answer as it comes. */
  readonly wantsStream: boolean;
  /** The client's span, where it has told of one. */
  readonly traceparent: string | undefined;
};

/** One thing that can be asked over HTTP: its description and its work, so that the document can't leave the code. */
export type Operation = {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With `{sessionId}` where it is about one. */
  readonly path: string;
  readonly summary: string;
  readonly body?: z.ZodType;
  readonly status: number;
  /** Absent where it answers nothing. */
  readonly answer?: z.ZodType;
  readonly isStreamed?: boolean;
  /** What a text that it answers is, where that is not JSON. */
  readonly textType?: string;
  /** Statuses that it may answer besides, with what they mean. */
  readonly failures: Readonly<Record<number, string>>;
  readonly carryOut: (asked: Asked<unknown>) => Promise<Answer>;
};

/** An operation whose body has the type that its schema says. */
export function withBody<Schema extends z.ZodType>(
  operation: Omit<Operation, 'carryOut' | 'body'> & {
    readonly body: Schema;
    readonly carryOut: (asked: Asked<z.infer<Schema>>) => Promise<Answer>;
  },
): Operation {
  const { body, carryOut } = operation;
  return { ...operation, carryOut: (asked) => carryOut({ ...asked, body: body.parse(asked.body) }) };
}
