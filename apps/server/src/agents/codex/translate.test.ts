import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AgentEventBody } from '../agent-adapter.ts';
import { describeTranscripts } from '../test-transcripts.ts';
import { makeAppServerClient } from './app-server-client.ts';
import { makeTranslator } from './translate.ts';
import { translateRequest } from './translate-request.ts';

/** What a recording of the real codex means, told through the same client as a live one. */
function translateAll(lines: readonly string[]): readonly AgentEventBody[] {
  const told: AgentEventBody[] = [];
  const translate = makeTranslator('/w');
  const client = makeAppServerClient(() => undefined, {
    onNotification: (notification) => told.push(...translate(notification)),
    onRequest: (request) => {
      const pending = translateRequest(request);
      if (pending !== null) told.push(pending.event);
    },
    onNoise: (line) => told.push({ type: 'unknown', method: line }),
  });
  for (const line of lines) client.receive(line);
  return told;
}

describe('what the real codex said', () => {
  describeTranscripts(join(import.meta.dirname, 'transcripts'), translateAll);
});

describe('the translator of codex', () => {
  it('tells what it does not know, and what it can not read, as unknown', () => {
    const translate = makeTranslator('/w');
    expect(translate({ method: 'thread/newThing', params: {} })).toEqual([
      { type: 'unknown', method: 'thread/newThing' },
    ]);
    expect(translate({ method: 'turn/completed', params: { turn: 7 } })).toEqual([
      { type: 'unknown', method: 'turn/completed' },
    ]);
    expect(translate({ method: 'constructor', params: {} })).toEqual([
      { type: 'unknown', method: 'constructor' },
    ]);
  });

  it('tells a text that came without pieces when it is whole', () => {
    const item = { type: 'agentMessage', id: 'm', text: 'whole' };
    const translate = makeTranslator('/w');
    expect(translate({ method: 'item/completed', params: { item } })).toEqual([
      { type: 'text', itemId: 'm', delta: 'whole' },
    ]);
  });

  it('counts the tokens of this turn alone in a thread that had others', () => {
    const tokens = (input: number) => ({
      inputTokens: input,
      cachedInputTokens: 0,
      outputTokens: 1,
      reasoningOutputTokens: 0,
    });
    const usage = (total: number, last: number) => ({
      method: 'thread/tokenUsage/updated',
      params: { tokenUsage: { total: tokens(total), last: tokens(last), modelContextWindow: 1000 } },
    });
    const translate = makeTranslator('/w');
    translate(usage(110, 10));
    expect(translate(usage(130, 20))).toMatchObject([
      { type: 'usage', turn: { input: 30 }, total: { input: 130 }, contextWindow: 1000 },
    ]);
  });
});
