import { describe, expect, it } from 'vitest';
import type { Conversation, OfferedTool } from './conversation.ts';
import { planReply } from './plan-reply.ts';

const shell: OfferedTool = { name: 'exec_command', freeform: false, parameters: new Set(['cmd']) };
const patch: OfferedTool = { name: 'apply_patch', freeform: true, parameters: new Set() };
const plan: OfferedTool = { name: 'update_plan', freeform: false, parameters: new Set(['plan']) };
const usage = { input: 100, output: 20 };

function reply(
  prompt: string,
  position = 0,
  changes: Partial<Conversation> & { readonly given?: number } = {},
) {
  const { given = 0, ...rest } = changes;
  return planReply({ prompt, position, tools: [shell, patch, plan], ...rest }, () => given);
}

const call = (tool: string, input: unknown, freeform = false) => ({
  kind: 'call',
  call: { tool, input, freeform },
});

describe('the scripted model', () => {
  it('speaks up to its next tool call, and goes on from there by the number of results', () => {
    const prompt = '[[think a]][[sh one]][[say b]][[sh two]][[say c]]';
    expect(reply(prompt, 0)).toMatchObject({
      beats: [{ kind: 'thought', text: 'a' }, call('exec_command', { cmd: 'one' })],
    });
    expect(reply(prompt, 1)).toMatchObject({
      beats: [{ kind: 'text', text: 'b' }, call('exec_command', { cmd: 'two' })],
    });
    expect(reply(prompt, 2)).toMatchObject({ beats: [{ kind: 'text', text: 'c' }] });
    expect(reply(prompt, 3)).toMatchObject({ beats: [{ kind: 'text', text: 'all done' }] });
  });

  it('skips a step that no offered tool can take', () => {
    expect(reply('[[plan a | b]][[call unheard {}]][[sh one]]', 0, { tools: [shell] })).toMatchObject({
      beats: [call('exec_command', { cmd: 'one' })],
    });
  });

  it('patches whole files, and leaves the rest to the shell', () => {
    expect(reply('[[write path=a content="1\\n2\\n"]]')).toMatchObject({
      beats: [call('apply_patch', '*** Begin Patch\n*** Add File: a\n+1\n+2\n*** End Patch', true)],
    });
    expect(reply('[[write path="it\'s" content=x]]')).toMatchObject({
      beats: [
        call('exec_command', {
          cmd: `mkdir -p -- '.' && printf %s 'x' > 'it'\\''s'`,
        }),
      ],
    });
  });

  it('makes a plan with the tool for it, and calls any tool by its name', () => {
    expect(reply('[[plan a | b]]')).toMatchObject({
      beats: [
        call('update_plan', {
          plan: [
            { step: 'a', status: 'in_progress' },
            { step: 'b', status: 'pending' },
          ],
        }),
      ],
    });
    expect(reply('[[call exec_command {"cmd":"x","more":[[1]]}]]')).toMatchObject({
      beats: [call('exec_command', { cmd: 'x', more: [[1]] })],
    });
  });

  it('refuses as often as told, then goes on', () => {
    expect(reply('[[http 429 2]][[say hi]]', 0, { given: 1 })).toEqual({ kind: 'http', status: 429 });
    expect(reply('[[http 429 2]][[say hi]]', 0, { given: 2 })).toEqual({
      kind: 'stream',
      beats: [{ kind: 'text', text: 'hi' }],
      usage,
    });
    expect(reply('[[drop]]', 0, { given: 0 })).toEqual({ kind: 'drop' });
    expect(reply('[[drop]]', 0, { given: 1 })).toMatchObject({ kind: 'stream' });
  });

  it('reports the tokens it was told to, and hangs without a word', () => {
    expect(reply('[[usage 7 3]][[hang]]')).toEqual({
      kind: 'stream',
      beats: [{ kind: 'hang' }],
      usage: { input: 7, output: 3 },
    });
  });

  it('always answers a request without tools', () => {
    expect(reply('[[http 500 9]]', 0, { tools: [] })).toMatchObject({ kind: 'stream' });
  });

  it('makes a plan step by step where that is the tool, and goes on after the last', () => {
    const create: OfferedTool = { name: 'TaskCreate', freeform: false, parameters: new Set() };
    const steps = { tools: [create, shell] };
    const prompt = '[[plan a | b]][[sh one]]';
    const task = (text: string) => call('TaskCreate', { subject: text, description: text });
    expect(reply(prompt, 0, steps)).toMatchObject({ beats: [task('a')] });
    expect(reply(prompt, 1, steps)).toMatchObject({ beats: [task('b')] });
    expect(reply(prompt, 2, steps)).toMatchObject({ beats: [call('exec_command', { cmd: 'one' })] });
  });

  it('finds a tool of a server behind the name that an agent gives it, and in its group', () => {
    const tool = (name: string, more: object = {}): OfferedTool => ({
      ...{ name, freeform: false, parameters: new Set<string>(), ...more },
    });
    const called = (offered: OfferedTool) => reply('[[call echo {"text":"x"}]]', 0, { tools: [offered] });
    expect(called(tool('mcp__srv__echo'))).toMatchObject({ beats: [call('mcp__srv__echo', { text: 'x' })] });
    expect(called(tool('echo', { namespace: 'srv' }))).toMatchObject({
      beats: [{ call: { tool: 'echo', namespace: 'srv' } }],
    });
    expect(called(tool('reecho'))).toMatchObject({ beats: [{ kind: 'text' }] });
  });
});
