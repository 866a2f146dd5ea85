import { describe, expect, it } from 'vitest';
import type { Answer } from '../agent-adapter.ts';
import { translateRequest } from './translate-request.ts';

function resultOf(method: string, params: unknown, answer: Answer): unknown {
  return translateRequest({ id: 7, method, params })?.toResult(answer);
}

describe('what codex asks', () => {
  it('is a command it wants to run', () => {
    const params = { itemId: 'call_1', command: "/bin/bash -lc 'npm test'", reason: 'need it', cwd: '/w' };
    expect(
      translateRequest({ id: 7, method: 'item/commandExecution/requestApproval', params })?.event,
    ).toEqual({
      type: 'approval',
      requestId: '7',
      itemId: 'call_1',
      kind: 'command',
      title: 'npm test',
      reason: 'need it',
      detail: params,
    });
  });

  it.each([
    ['allow', 'accept'],
    ['allow-session', 'acceptForSession'],
    ['deny', 'decline'],
    ['abort', 'cancel'],
  ] as const)('is answered in its words: %s', (decision, native) => {
    const params = { itemId: 'call_1', reason: null };
    expect(resultOf('item/fileChange/requestApproval', params, { decision })).toEqual({ decision: native });
  });

  it.each([
    ['allow', 'accept'],
    ['deny', 'decline'],
    ['abort', 'cancel'],
  ] as const)('may come from a tool server: %s', (decision, action) => {
    const params = { serverName: 'echo', message: 'Sure?', mode: 'form' };
    const answer = resultOf('mcpServer/elicitation/request', params, { decision });
    expect(answer).toEqual({ action, content: null, _meta: null });
  });

  it('is a question with options, answered by the note', () => {
    const questions = [
      { id: 'q1', header: 'h', question: 'Which?', options: [{ label: 'a' }, { label: 'b' }] },
    ];
    const pending = translateRequest({
      id: 'x',
      method: 'item/tool/requestUserInput',
      params: { questions },
    });
    expect(pending?.event).toEqual({
      type: 'question',
      requestId: 'x',
      question: 'Which?',
      options: ['a', 'b'],
    });
    expect(pending?.toResult({ decision: 'allow', note: 'b' })).toEqual({
      answers: { q1: { answers: ['b'] } },
    });
  });

  it('is refused where we know no answer', () => {
    expect(translateRequest({ id: 1, method: 'attestation/generate', params: {} })).toBeNull();
  });
});
