import { describe, expect, it } from 'vitest';
import { goalTitle } from './goal-title.ts';

describe('the title of a goal', () => {
  it('is its first line that says something, without list signs', () => {
    expect(goalTitle('\n## Fares in cents\n- a')).toBe('Fares in cents');
  });

  it('leaves out steps for the scripted agent, and what only the planner reads', () => {
    const goal =
      '- @codex @security [api] after: b, c; Look at the login [[write path=a content="x"]]\n- [b] B';
    expect(goalTitle(goal)).toBe('Look at the login');
    expect(goalTitle('2. Second things')).toBe('Second things');
  });

  it('keeps the name of an agent where nothing else would be left', () => {
    expect(goalTitle('- @codex')).toBe('@codex');
  });
});
