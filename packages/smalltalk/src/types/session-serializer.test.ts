import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeMessage, makeSession, makeTurn } from '../conformance/session-samples.ts';
import { ValidationError } from './errors.ts';
import type { Session } from './session.ts';
import { SessionSerializer } from './session-serializer.ts';

const anyJson = fc.dictionary(fc.string(), fc.jsonValue());
const anySession: fc.Arbitrary<Session> = fc
  .record({ sharedContext: anyJson, metadata: anyJson, texts: fc.array(fc.string()), context: anyJson })
  .map(({ sharedContext, metadata, texts, context }) =>
    makeSession({
      sharedContext,
      metadata,
      conversationHistory: texts.map((text, index) =>
        index % 2 === 0 ? makeTurn(text, index) : makeMessage(text),
      ),
      agentStates: { writer: { config: {}, context, messageHistory: texts.map((text) => makeTurn(text)) } },
    }),
  );

describe('a session as text', () => {
  it('is the same session when it is read', () => {
    fc.assert(
      fc.property(anySession, (session) => {
        const plain = normalise(session);
        expect(SessionSerializer.fromJSON(SessionSerializer.toJSON(session))).toEqual(plain);
      }),
      { numRuns: 100 },
    );
  });

  it('is measured in bytes, not in characters', () => {
    const session = makeSession({ metadata: { snow: '☃☃☃' } });
    expect(SessionSerializer.getSize(session)).toBe(Buffer.from(SessionSerializer.toJSON(session)).length);
  });

  it('is refused with the names of what is wrong', () => {
    const json = SessionSerializer.toJSON(makeSession());
    const wrong = { ...(JSON.parse(json) as object), state: 'asleep', createdAt: 'yesterday', agentIds: [1] };
    expect(() => SessionSerializer.fromJSON(JSON.stringify(wrong))).toThrow(
      expect.objectContaining({ invalidFields: ['createdAt', 'state', 'agentIds'] }) as Error,
    );
    expect(() => SessionSerializer.fromJSON('null')).toThrow(ValidationError);
  });
});

describe('trimming a session', () => {
  const long = makeSession({
    conversationHistory: Array.from({ length: 20 }, (_, index) => makeTurn('x'.repeat(1000), index + 1)),
    agentStates: {
      writer: {
        config: {},
        context: {
          notes: 'n'.repeat(3000),
          goal: 'g'.repeat(500),
          _metadata: { notes: { trimmable: true }, goal: {} },
        },
        messageHistory: [makeTurn('a'.repeat(1000)), makeTurn('b'.repeat(1000), 2)],
      },
    },
  });

  it('drops the oldest turns first and touches nothing else', () => {
    const { session, bytesRemoved } = SessionSerializer.trim(long, 12_000);
    expect(SessionSerializer.getSize(session)).toBeLessThanOrEqual(12_000);
    expect(bytesRemoved).toBe(SessionSerializer.getSize(long) - SessionSerializer.getSize(session));
    expect(session.conversationHistory).toEqual(
      long.conversationHistory.slice(-session.conversationHistory.length),
    );
    expect(session.agentStates).toEqual(long.agentStates);
  });

  it('then drops what agents may lose, and keeps one turn of each and what is not trimmable', () => {
    const { session } = SessionSerializer.trim(long, 100);
    const writer = session.agentStates['writer'];
    expect([session.conversationHistory.length, writer?.messageHistory.length]).toEqual([1, 1]);
    expect([writer?.context['notes'], writer?.context['goal']]).toEqual([undefined, 'g'.repeat(500)]);
  });

  it('leaves a session alone that is small enough, and never changes the one it was given', () => {
    const before = SessionSerializer.toJSON(long);
    expect(SessionSerializer.trim(long, 1_000_000)).toEqual({ session: long, bytesRemoved: 0 });
    SessionSerializer.trim(long, 100);
    expect(SessionSerializer.toJSON(long)).toBe(before);
  });

  it('is never larger than asked for, as long as that is possible', () => {
    fc.assert(
      fc.property(anySession, fc.integer({ min: 0, max: 3000 }), (session, maxBytes) => {
        const { session: trimmed } = SessionSerializer.trim(session, maxBytes);
        const isMinimal = trimmed.conversationHistory.length <= 1;
        expect(isMinimal || SessionSerializer.getSize(trimmed) <= maxBytes).toBe(true);
      }),
    );
  });
});

/** What JSON makes of it: -0 is 0. */
function normalise(session: Session): Session {
  const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
  const { sharedContext, metadata, agentStates } = session;
  const states = Object.entries(agentStates).map(
    ([id, state]) => [id, { ...state, context: plain(state.context) }] as const,
  );
  return {
    ...session,
    sharedContext: plain(sharedContext),
    metadata: plain(metadata),
    agentStates: Object.fromEntries(states),
  };
}
