import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainPlan } from './plain-planner.ts';

const options = { agents: ['scripted'], defaultAgent: 'scripted' };
const pieces = fc.constantFrom(
  '- ',
  '* ',
  '1. ',
  '\n',
  '\r\n',
  '  ',
  '\t',
  '@scripted ',
  '@nobody ',
  '[a] ',
  '[b] ',
  'after: ',
  'a',
  'b',
  ', ',
  ';',
  '```',
  '[[write path=',
  '"',
  ']]',
  '[ ] ',
  'x',
  '---',
);

describe('the plain planner, whatever the goal', () => {
  it('never throws, and makes either tasks that can all be done in some order or nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ unit: 'binary' })), { maxLength: 60 }), (parts) => {
        const plan = plainPlan(parts.join(''), options);
        if (plan.kind === 'refused') {
          expect(plan.problems.length).toBeGreaterThan(0);
          return;
        }
        const keys = plan.tasks.map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
        for (const task of plan.tasks) {
          expect([...task.title].length).toBeLessThanOrEqual(80);
          expect(task.text).not.toBe('');
          expect(task.after.every((key) => keys.includes(key) && key !== task.key)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('gives every item of a list back in order with its text', () => {
    const text = fc.stringMatching(/^[a-zé][a-zé ]{0,40}[a-z]$/).filter((line) => !line.startsWith('after:'));
    fc.assert(
      fc.property(
        fc.array(text, { minLength: 1, maxLength: 40 }),
        fc.constantFrom('- ', '* ', '1. '),
        (texts, bullet) => {
          const plan = plainPlan(texts.map((line) => bullet + line).join('\n'), options);
          expect(plan.kind === 'planned' && plan.tasks.map((task) => task.text)).toEqual(texts);
        },
      ),
    );
  });

  it.each([
    ['one item each line', '- a\n'],
    ['blanks after a key', `- after: a${' '.repeat(1000)}\n`],
    ['open marks', '[[write path="'],
    ['open brackets', '[[say '],
    ['fences', '```\n'],
    ['blanks', ' '],
    ['commas', '- after: a,,,,,,\n'],
    ['one long list of keys', 'after: a, '],
    ['nested items', '\t- a\n'],
  ])('reads 100 kB of %s at once', (_name, piece) => {
    const before = process.cpuUsage();
    plainPlan(piece.repeat(Math.ceil(100_000 / piece.length)), options);
    // Processor time: what else the machine does must not decide it. A reader that goes back and forth takes minutes.
    expect(process.cpuUsage(before).user).toBeLessThan(2_000_000);
  });
});
