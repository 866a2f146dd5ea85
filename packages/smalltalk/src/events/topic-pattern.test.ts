import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileTopicPattern, compileTopicPatterns } from './topic-pattern.ts';

const CASES: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['agent:failed', ['agent:failed'], ['agent', 'agent:failed:x', 'agent.failed', 'xagent:failed']],
  ['*', ['a', 'a:b', 'a.b:c'], ['']],
  ['agent:*', ['agent:a', 'agent:a:b', 'agent:a.b'], ['agent', 'agent:', 'agents:a', 'agent.a']],
  ['agent.*', ['agent.a', 'agent.a.b'], ['agent:a']],
  ['*:error', ['tool:error', 'a:error'], ['error', ':error', 'tool:call:error', 'tool:errors']],
  ['a:*:c', ['a:b:c', 'a:x:c'], ['a::c', 'a:b:b:c', 'a:b:c:d', 'a:c']],
  ['a:*:c:*', ['a:b:c:d', 'a:b:c:d:e'], ['a:b:c', 'a:b:d:c']],
  ['*:*', ['a:b', 'a:b:c'], ['a', 'a.b']],
  ['task.*.done', ['task.42.done'], ['task.42:done', 'task.4.2.done']],
  ['agent:fail*', ['agent:fail', 'agent:failed', 'agent:failed:now'], ['agent:fai']],
  ['agent:f*d', ['agent:failed', 'agent:fd'], ['agent:fail', 'agent:f:d']],
  ['a*b*c:x', ['abc:x', 'a1b2c:x', 'abbc:x'], ['ac:x', 'acb:x', 'abcd:x']],
];

describe('a topic pattern', () => {
  it.each(CASES)('%s', (pattern, accepted, refused) => {
    const matches = compileTopicPattern(pattern);
    expect(accepted.filter((topic) => !matches(topic))).toEqual([]);
    expect(refused.filter((topic) => matches(topic))).toEqual([]);
  });

  it('is one of several when any of them matches', () => {
    const matches = compileTopicPatterns(['a:*', 'b']);
    expect(['a:1', 'b', 'c'].map(matches)).toEqual([true, true, false]);
  });

  const segment = fc.stringMatching(/^[a-z]{1,4}$/);
  const topic = fc.array(segment, { minLength: 1, maxLength: 5 });

  it('matches a topic of which any segments were replaced by a star', () => {
    fc.assert(
      fc.property(topic, fc.array(fc.boolean()), fc.constantFrom(':', '.'), (segments, stars, separator) => {
        const pattern = segments.map((text, index) => (stars[index] === true ? '*' : text)).join(separator);
        return compileTopicPattern(pattern)(segments.join(separator));
      }),
    );
  });

  it('answers at once, however many stars and repeats there are', () => {
    const matches = compileTopicPattern(`${'a*'.repeat(2000)}b:x`);
    expect(matches(`${'a'.repeat(20_000)}:x`)).toBe(false);
  });
});
