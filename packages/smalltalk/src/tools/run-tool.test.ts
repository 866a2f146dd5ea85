import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { EventLogAuditTrail } from '../audit/event-log-audit-trail.ts';
import { MemoryEventLog } from '../events/memory-event-log.ts';
import { FakeClock } from '../test-clock.ts';
import { settle } from '../test-settle.ts';
import type { AuditEntry, AuditTrail } from '../types/audit.ts';
import type { Tool } from '../types/tool.ts';
import { defineTool } from './define-tool.ts';
import { describeTool } from './describe-tool.ts';
import { runTool, type ToolRun } from './run-tool.ts';
import { permissionsFrom } from './tool-permissions.ts';

const double = defineTool({
  name: 'double',
  description: 'Doubles a number',
  parameters: z.object({ number: z.number().describe('What to double') }),
  run: ({ number }) => number * 2,
});

function bench(tool: Tool | undefined, more: Partial<ToolRun> = {}) {
  const clock = new FakeClock();
  const audit = new EventLogAuditTrail({ log: new MemoryEventLog(), clock });
  const run = {
    tool,
    context: { agentName: 'Counter' },
    permissions: permissionsFrom(),
    audit,
    clock,
    ...more,
  };
  const audited = async () => {
    const entries: AuditEntry[] = [];
    for await (const entry of audit.entries()) entries.push(entry);
    return entries.map(({ action, details }) => [action, details]);
  };
  const call = (given: unknown) => runTool({ id: 'c-1', name: tool?.name ?? 'none', arguments: given }, run);
  return { call, clock, audited };
}

const head = { toolName: 'double', callId: 'c-1' };

describe('a tool call', () => {
  it('runs with checked arguments, and is in the audit before and after', async () => {
    const { call, audited } = bench(double);
    expect(await call({ number: 21 })).toEqual({ ...head, kind: 'completed', result: '42', durationMs: 0 });
    expect(await audited()).toEqual([
      ['tool.asked', { callId: 'c-1', arguments: { number: 21 } }],
      ['tool.completed', { callId: 'c-1', kind: 'completed', durationMs: 0 }],
    ]);
  });

  it('tells a model what is wrong with its arguments, and runs nothing', async () => {
    const { call, audited } = bench(double);
    const outcome = await call({ number: 'many' });
    expect(outcome).toMatchObject({ ...head, kind: 'invalid' });
    expect('reason' in outcome && outcome.reason).toContain('expected number, received string');
    expect(await audited()).toEqual([]);
  });

  it('of a tool that there is not is an outcome as well', async () => {
    expect(await bench(undefined).call({})).toEqual({
      toolName: 'none',
      callId: 'c-1',
      kind: 'invalid',
      reason: 'There is no tool none',
    });
  });

  it('asks for permission each time, with the checked arguments', async () => {
    const asked: unknown[] = [];
    const permissions = {
      rule: ({ input, agentName }: { input: unknown; agentName: string }) => {
        asked.push([agentName, input]);
        return asked.length === 1
          ? ({ kind: 'allowed' } as const)
          : ({ kind: 'refused', reason: 'Once is enough' } as const);
      },
    };
    const { call, audited } = bench(double, { permissions });
    await call({ number: 1 });
    expect(await call({ number: 2 })).toEqual({ ...head, kind: 'refused', reason: 'Once is enough' });
    expect(asked).toEqual([
      ['Counter', { number: 1 }],
      ['Counter', { number: 2 }],
    ]);
    expect((await audited()).map(([action]) => action)).toEqual([
      'tool.asked',
      'tool.completed',
      'tool.refused',
    ]);
  });

  it('does not happen when the audit cannot be written', async () => {
    let runs = 0;
    const counting: Tool = { ...double, run: () => (runs += 1) };
    const full: AuditTrail = { record: () => Promise.reject(new Error('The disk is full')) };
    await expect(bench(counting, { audit: full }).call({ number: 1 })).rejects.toThrow('The disk is full');
    expect(runs).toBe(0);
  });

  it('ends at its time limit, and the tool hears of it', async () => {
    const heard: boolean[] = [];
    const slow: Tool = {
      ...double,
      timeoutMs: 100,
      run: (_input, { signal }) =>
        new Promise(() => signal.addEventListener('abort', () => void heard.push(true))),
    };
    const { call, clock } = bench(slow);
    const outcome = call({ number: 1 });
    await settle();
    clock.advance(100);
    expect(await outcome).toMatchObject({
      kind: 'timed-out',
      reason: 'No result within 100 ms',
      durationMs: 100,
    });
    expect(heard).toEqual([true]);
  });

  it('ends when nobody waits for it any more', async () => {
    const calling = new AbortController();
    const slow: Tool = { ...double, run: () => new Promise(() => undefined) };
    const context = { agentName: 'Counter', signal: calling.signal };
    const outcome = bench(slow, { context }).call({ number: 1 });
    await settle();
    calling.abort();
    expect(await outcome).toMatchObject({ kind: 'failed', reason: 'The call was called off' });
  });

  it('turns what a tool throws into an outcome, without secrets', async () => {
    const broken: Tool = {
      ...double,
      run: () => {
        throw new Error('Refused: Bearer abcdefghijklmnop');
      },
    };
    expect(await bench(broken).call({ number: 1 })).toMatchObject({ kind: 'failed', reason: 'Refused: ***' });
  });

  it('shows a result that has been cleaned, struck and cut', async () => {
    const dirty: Tool = {
      ...double,
      run: () => ({ text: 'a\u001B[31mred\u001B[0m\u202Eb', apiKey: 'abc', list: ['sk-abcdefghijklmnop'] }),
    };
    const outcome = await bench(dirty).call({ number: 1 });
    expect('result' in outcome && JSON.parse(outcome.result)).toEqual({
      text: expect.stringContaining('red') as string,
      apiKey: '***',
      list: ['***'],
    });
    const long = await bench({ ...double, run: () => 'x\u001B[2Jy'.repeat(20_000) }).call({ number: 1 });
    expect('result' in long && long.result.endsWith('\n[20000 more characters left out]')).toBe(true);
    expect('result' in long && long.result.includes('\u001B')).toBe(false);
  });

  it('never writes a secret argument to the audit', async () => {
    const { call, audited } = bench({ ...double, parameters: z.looseObject({}), run: () => 1 });
    await call({ number: 1, password: 'hunter2', nested: { api_key: 'k' } });
    expect((await audited())[0]).toEqual([
      'tool.asked',
      { callId: 'c-1', arguments: { number: 1, password: '***', nested: { api_key: '***' } } },
    ]);
  });
});

describe('permissions', () => {
  const ask = (rules: Parameters<typeof permissionsFrom>[0], tool: Partial<Tool>, agentName = 'A') =>
    permissionsFrom(rules).rule({ agentName, tool: { name: 't', ...tool }, input: {} });

  it('allow the host’s own tools and refuse those of strangers, unless a rule says otherwise', () => {
    expect(ask([], {})).toEqual({ kind: 'allowed' });
    expect(ask([], { source: 'mcp:files' })).toEqual({
      kind: 'refused',
      reason: 'No rule allows t of mcp:files',
    });
    expect(ask([{ source: 'mcp:files', ruling: 'allow' }], { source: 'mcp:files' })).toEqual({
      kind: 'allowed',
    });
    expect(ask([{ source: 'mcp:files', ruling: 'allow' }], { source: 'mcp:web' })).toMatchObject({
      kind: 'refused',
    });
  });

  it('follow the first rule that fits', () => {
    const rules = [
      { agent: 'Guest*', ruling: 'refuse' },
      { tool: 'read_*', access: ['read'], ruling: 'allow' },
      { ruling: 'refuse' },
    ] as const;
    expect(ask(rules, { name: 'read_file', access: ['read'] })).toEqual({ kind: 'allowed' });
    expect(ask(rules, { name: 'read_file', access: ['read', 'write'] })).toMatchObject({ kind: 'refused' });
    expect(ask(rules, { name: 'read_file' })).toMatchObject({ kind: 'refused' });
    expect(ask(rules, { name: 'read_file', access: ['read'] }, 'Guest 1')).toMatchObject({ kind: 'refused' });
  });
});

describe('a tool', () => {
  it('is described to models by the schema that checks it', () => {
    expect(describeTool(double)).toEqual({
      name: 'double',
      description: 'Doubles a number',
      parameters: {
        type: 'object',
        properties: { number: { type: 'number', description: 'What to double' } },
        required: ['number'],
      },
    });
  });

  it('has a name that every provider accepts', () => {
    expect(() => defineTool({ ...double, name: 'server:tool' })).toThrow('which "server:tool" is not');
  });
});
