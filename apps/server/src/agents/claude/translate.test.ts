import { describe, expect, it } from 'vitest';
import { makeTranslator } from './translate.ts';

const use = (name: string, input: unknown) => ({
  type: 'assistant',
  message: { content: [{ type: 'tool_use', id: 'toolu_1', name, input }] },
});
const result = (content: unknown, more: object = {}, told: unknown = {}) => ({
  type: 'user',
  message: { content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content, ...more }] },
  tool_use_result: told,
});

/** The events of some lines, by one translator. */
function events(...lines: { type: string; subtype?: string; [more: string]: unknown }[]) {
  const translate = makeTranslator('/work');
  return lines.flatMap((line) => translate(line));
}

describe('a line of claude', () => {
  it('tells words and thoughts in pieces, and not once more when they are whole', () => {
    const piece = (delta: object) => ({
      type: 'stream_event',
      event: { type: 'content_block_delta', index: 1, delta },
    });
    expect(
      events(
        { type: 'stream_event', event: { type: 'message_start', message: { id: 'm' } } },
        piece({ type: 'thinking_delta', thinking: 'hm' }),
        piece({ type: 'text_delta', text: 'hi' }),
        { type: 'stream_event', event: { type: 'message_delta', delta: { stop_reason: 'end_turn' } } },
        { type: 'assistant', message: { content: [{ type: 'text', text: 'hi' }] } },
      ),
    ).toEqual([
      { type: 'thought', itemId: 'm/1', delta: 'hm' },
      { type: 'text', itemId: 'm/1', delta: 'hi' },
    ]);
  });

  it('tells a command with its output and its code', () => {
    const [started, ended] = events(
      use('Bash', { command: 'make' }),
      result('Exit code 2\nno rule', { is_error: true }, 'Error: Exit code 2\nno rule'),
    );
    expect(started).toMatchObject({ kind: 'command', title: 'make', phase: 'started' });
    expect(ended).toMatchObject({ status: 'failed', exitCode: 2, output: 'no rule' });
    expect(
      events(use('Bash', { command: 'ls' }), result('a\nb', {}, { stdout: 'a', stderr: 'b' })).at(-1),
    ).toMatchObject({ status: 'ok', exitCode: 0, output: 'a\nb' });
  });

  it('tells a change as a diff with paths inside the worktree', () => {
    const patch = [{ oldStart: 1, oldLines: 1, newStart: 1, newLines: 1, lines: ['-a', '+b'] }];
    const told = { filePath: '/work/x/a.txt', structuredPatch: patch };
    expect(events(use('Edit', { file_path: '/work/x/a.txt' }), result('ok', {}, told)).at(-1)).toMatchObject({
      title: 'Edit x/a.txt',
      diffs: [{ path: 'x/a.txt', unified: '@@ -1,1 +1,1 @@\n-a\n+b\n' }],
    });
  });

  it('tells its plan as a whole whenever a step of it has changed', () => {
    const [noted] = events(
      use('TaskCreate', { subject: 'look' }),
      result('Task #1 created', {}, { task: { id: '1', subject: 'look' } }),
    );
    expect(noted).toEqual({ type: 'plan', steps: [{ text: 'look', status: 'pending' }] });
    const update = (input: object) => [use('TaskUpdate', input), result('Updated', {}, { success: true })];
    const listed = { tasks: [{ id: '7', subject: 'do', status: 'in_progress' }] };
    expect(
      events(
        ...[use('TaskList', {}), result('#7 do', {}, listed)],
        ...update({ taskId: '7', status: 'completed', subject: 'done it' }),
        ...update({ taskId: '9', status: 'completed' }),
        ...update({ taskId: '7', status: 'deleted' }),
      ),
    ).toEqual([
      { type: 'plan', steps: [{ text: 'do', status: 'active' }] },
      { type: 'plan', steps: [{ text: 'done it', status: 'done' }] },
      { type: 'plan', steps: [] },
    ]);
  });

  it('ends a turn by its error and not by what it calls itself', () => {
    const end = (more: object) =>
      events({ type: 'result', subtype: 'success', is_error: false, ...more }).at(-1);
    expect(end({ result: 'done' })).toEqual({ type: 'turn.end', outcome: 'completed', text: 'done' });
    expect(end({ is_error: true, api_error_status: 401, result: 'no' })).toMatchObject({
      outcome: 'failed',
      error: { class: 'auth', retryable: false },
    });
    expect(end({ subtype: 'error_during_execution', is_error: true })).toMatchObject({
      outcome: 'interrupted',
    });
    expect(end({ subtype: 'error_max_turns', is_error: true })).toMatchObject({ outcome: 'failed' });
  });

  it('is shown as it came when nobody knows it, and can’t break anything', () => {
    expect(events({ type: 'telepathy' })).toEqual([{ type: 'unknown', method: 'telepathy' }]);
    expect(events({ type: 'result' })).toEqual([{ type: 'unknown', method: 'result' }]);
    expect(events({ type: 'system', subtype: 'anything' }, result('nobody asked'))).toEqual([]);
  });
});
