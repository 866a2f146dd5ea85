import { describe, expect, it } from 'vitest';
import { makeTranslator } from './translate.ts';
import { translateError } from './translate-error.ts';
import { toPermission } from './translate-request.ts';

const text = (words: string) => ({ content: { type: 'text', text: words } });
const said = (words: string) => ({ sessionUpdate: 'agent_message_chunk', ...text(words) });
const call = (more: object) => ({
  sessionUpdate: 'tool_call',
  toolCallId: 't',
  status: 'in_progress',
  ...more,
});
const update = (more: object) => ({ sessionUpdate: 'tool_call_update', toolCallId: 't', ...more });

/** The events of some updates, by one translator. */
function events(...updates: { sessionUpdate: string; [more: string]: unknown }[]) {
  const { update: translate } = makeTranslator('/work');
  return updates.flatMap((told) => translate(told));
}

describe('an update of a session', () => {
  it('tells words and thoughts in pieces, and ends with what was said last', () => {
    const translator = makeTranslator('/work');
    const thought = { sessionUpdate: 'agent_thought_chunk', ...text('hm') };
    const told = [said('looking'), call({ kind: 'read', title: 'a' }), update({ status: 'completed' })];
    expect([thought, ...told, said('al'), said('l')].flatMap((one) => translator.update(one))).toMatchObject([
      { type: 'thought', itemId: 'item-1', delta: 'hm' },
      { type: 'text', itemId: 'item-2', delta: 'looking' },
      { type: 'tool', phase: 'started', kind: 'read', title: 'a' },
      { type: 'tool', phase: 'ended', status: 'ok' },
      { type: 'text', itemId: 'item-3', delta: 'al' },
      { type: 'text', itemId: 'item-3', delta: 'l' },
    ]);
    const quota = { token_count: { input_tokens: 300, output_tokens: 60 }, model_usage: [] };
    expect(translator.end({ stopReason: 'end_turn', _meta: { quota } })).toEqual([
      { type: 'usage', turn: { input: 300, output: 60 } },
      { type: 'turn.end', outcome: 'completed', text: 'all' },
    ]);
  });

  it('knows by its own last words that it gave up in the middle of a turn, and not by those of its model', () => {
    const selfTalk = {
      retrying: /^Info: .* Retrying/,
      failed: /^Error: /,
      certain: /^Error: .*; retried \d+ times/,
    };
    const usage = { inputTokens: 100, outputTokens: 20, totalTokens: 120 };
    const endOf = (...updates: { sessionUpdate: string }[]) => {
      const translator = makeTranslator('/work', selfTalk);
      for (const one of updates) translator.update(one);
      return translator.end({ stopReason: 'end_turn', usage });
    };
    const worked = [call({ kind: 'read', title: 'a' }), update({ status: 'completed' })];
    const gaveUp = said('Error: Authentication failed (HTTP 401).');
    const retrying = said('Info: Request failed. Retrying...');
    expect(endOf(...worked, retrying, gaveUp)).toMatchObject([
      { type: 'usage', turn: { input: 100, output: 20 } },
      { type: 'turn.end', outcome: 'failed', error: { class: 'auth', retryable: false } },
    ]);
    const tired = said('Error: No response from the AI model; retried 5 times Last error: 429 Slow down');
    expect(endOf(...worked, tired).at(-1)).toMatchObject({ error: { class: 'rate-limit' } });
    expect(endOf(...worked, gaveUp).at(-1)).toMatchObject({ outcome: 'completed' });
    expect(endOf(retrying, ...worked, gaveUp).at(-1)).toMatchObject({ outcome: 'completed' });
  });

  it('tells a command with its output, and with its code where that is told', () => {
    const explained = [{ type: 'content', ...text('[current working directory /work]') }];
    const [started, ended] = events(
      call({ kind: 'execute', title: 'make', content: explained }),
      update({ status: 'completed', content: [{ type: 'content', ...text('built') }] }),
    );
    expect(started).toEqual({
      ...{ type: 'tool', itemId: 't', kind: 'command', phase: 'started', title: 'make', command: 'make' },
    });
    expect(ended).toMatchObject({ status: 'ok', output: 'built' });
    expect(ended).not.toHaveProperty('exitCode');
    const silent = [{ type: 'content', ...text('Command exited with code: 2') }];
    expect(
      events(call({ kind: 'execute', title: 'false' }), update({ status: 'completed', content: silent })).at(
        -1,
      ),
    ).toMatchObject({ status: 'failed', exitCode: 2, output: '' });
  });

  it('waits with a tool until it is known what it does', () => {
    expect(
      events(
        call({ status: 'pending', kind: 'execute', title: 'bash', rawInput: {} }),
        update({ status: 'in_progress', rawInput: { command: 'ls' } }),
        update({ status: 'completed', rawOutput: { output: '', metadata: { exit: 1 } } }),
      ),
    ).toMatchObject([
      { phase: 'started', title: 'ls', command: 'ls' },
      { phase: 'ended', title: 'ls', status: 'failed', exitCode: 1 },
    ]);
  });

  it('tells a change as a diff with paths inside the worktree', () => {
    const diff = {
      type: 'diff',
      path: '/work/x/a.txt',
      oldText: '',
      newText: 'hi\n',
      _meta: { kind: 'add' },
    };
    expect(
      events(call({ kind: 'edit', title: 'Writing' }), update({ status: 'completed', content: [diff] })).at(
        -1,
      ),
    ).toMatchObject({
      kind: 'edit',
      diffs: [{ path: 'x/a.txt', unified: '--- /dev/null\n+++ b/x/a.txt\n@@ -0,0 +1,1 @@\n+hi\n' }],
    });
  });

  it('tells a plan, and is shown as it came when nobody knows it', () => {
    const entries = [{ content: 'look', status: 'in_progress', priority: 'low' }];
    expect(events({ sessionUpdate: 'plan', entries })).toEqual([
      { type: 'plan', steps: [{ text: 'look', status: 'active' }] },
    ]);
    expect(events({ sessionUpdate: 'telepathy' }, { sessionUpdate: 'plan', entries: 7 })).toEqual([
      { type: 'unknown', method: 'telepathy' },
      { type: 'unknown', method: 'plan' },
    ]);
    expect(events(update({ status: 'completed' }), { sessionUpdate: 'user_message_chunk' })).toEqual([]);
  });

  it('starts a tool that asks for leave first, and ends one that got none', () => {
    const translator = makeTranslator('/work');
    const asked = translator.asked({ toolCallId: 't', status: 'pending', kind: 'execute', title: 'rm x' });
    expect(asked.tool).toMatchObject({ kind: 'command', title: 'rm x' });
    expect(asked.events).toMatchObject([{ phase: 'started', command: 'rm x' }]);
    expect(translator.refused('t')).toMatchObject([{ phase: 'ended', status: 'denied', title: 'rm x' }]);
    expect(translator.refused('t')).toEqual([]);
  });

  it.each([
    ['cancelled', { outcome: 'interrupted' }],
    ['max_tokens', { outcome: 'failed', error: { class: 'context' } }],
    ['refusal', { outcome: 'failed', error: { class: 'other' } }],
    ['tired', { outcome: 'failed', error: { message: 'The agent stopped: tired' } }],
    [7, { outcome: 'failed', error: { class: 'bad-request' } }],
  ])('ends a turn once, whatever stopped it: %s', (stopReason, end) => {
    expect(makeTranslator('/work').end({ stopReason })).toMatchObject([{ type: 'turn.end', ...end }]);
  });
});

describe('a refused request', () => {
  it.each([
    [
      { code: 401, message: '{"error":{"code":401,"message":"No"}}' },
      { class: 'auth', httpStatus: 401, message: 'No' },
    ],
    [
      { code: 429, message: 'Rate limit exceeded.' },
      { class: 'rate-limit', retryable: true },
    ],
    [
      { code: 500, message: 'fetch failed' },
      { class: 'network', retryable: true },
    ],
    [
      { code: 503, message: 'busy' },
      { class: 'overloaded', retryable: true },
    ],
    [
      { code: -32_000, message: 'Authentication required' },
      { class: 'auth', retryable: false },
    ],
    [
      { code: -32_603, message: 'Internal error', data: { details: 'quota exceeded' } },
      { class: 'rate-limit', message: 'Internal error: quota exceeded' },
    ],
    [
      { code: -32_602, message: 'Session not found: x' },
      { class: 'other', retryable: false },
    ],
  ])('is named in the words all agents share: %j', (refusal, error) => {
    expect(translateError(refusal)).toMatchObject(error);
  });

  it('is told apart from a fault of ours', () => {
    expect(translateError(new Error('oops'))).toBeNull();
  });
});

describe('an answer to a question of leave', () => {
  const options = [
    { optionId: 'a', kind: 'allow_always' as const },
    { optionId: 'b', kind: 'allow_once' as const },
    { optionId: 'c', kind: 'reject_once' as const },
  ];

  it.each([
    ['allow', 'b'],
    ['allow-session', 'a'],
    ['deny', 'c'],
  ] as const)('picks an option by what it means: %s', (decision, optionId) => {
    expect(toPermission({ decision }, options)).toEqual({ outcome: { outcome: 'selected', optionId } });
  });

  it('cancels where no option fits', () => {
    expect(toPermission({ decision: 'abort' }, options)).toEqual({ outcome: { outcome: 'cancelled' } });
    expect(toPermission({ decision: 'deny' }, options.slice(0, 2)).outcome.outcome).toBe('cancelled');
  });
});
