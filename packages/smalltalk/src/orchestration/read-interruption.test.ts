import { describe, expect, it } from 'vitest';
import { makeCapabilities } from '../test-agents.ts';
import { readInterruption } from './read-interruption.ts';

const agents = ['Writer', 'Reviewer'].map((name) => ({ name, capabilities: makeCapabilities() }));

describe('what somebody wants who speaks while agents work', () => {
  it.each([
    ['stop', 'STOP'],
    ['Please cancel it.', 'STOP'],
    ['hold on', 'PAUSE'],
    ['Focus on the costs instead', 'REDIRECT'],
    ['ask Writer to do it', 'AGENT_SWITCH'],
    ['Forget that, I have a new task', 'NEW_PLAN'],
    ['What do you mean by that?', 'CLARIFICATION'],
    ['Stopping distances are what I want to know of', undefined],
    ['thank you', undefined],
  ])('%s: %s', (message, kind) => {
    expect(readInterruption(message, agents, 'medium')?.kind).toBe(kind);
  });

  it('is found sooner or later by how sensitive one is', () => {
    const found = (message: string) =>
      (['low', 'medium', 'high'] as const).map((each) => readInterruption(message, agents, each)?.kind);
    expect(found('stop')).toEqual(['STOP', 'STOP', 'STOP']);
    expect(found('rather in blue')).toEqual([undefined, 'REDIRECT', 'REDIRECT']);
    expect(found('but in blue')).toEqual([undefined, undefined, 'REDIRECT']);
  });
});
