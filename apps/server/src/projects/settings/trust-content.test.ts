import { ProjectConfig } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import { isHarmless, trustContent } from './trust-content.ts';

const content = (config: unknown) => trustContent(ProjectConfig.parse(config));

describe('what a project file asks to be trusted with', () => {
  it('is nothing where the file neither executes nor loosens', () => {
    expect(isHarmless(content({ branch: 'main', copy: ['.env'], limits: { concurrency: 2 } }))).toBe(true);
  });

  it('names every command and everything that is loosened', () => {
    const { executes, loosens } = content({
      setup: [['npm', 'ci']],
      cleanup: [['rm', 'x']],
      checks: [{ name: 'tests', command: ['npm', 'test'] }],
      generated: [{ files: ['a.lock'], command: ['lock'] }],
      approve: ['docs/**'],
      agents: { codex: { permission: 'autonomous' } },
      conflicts: { policies: { 'non-overlapping': true }, union: ['CHANGELOG.md'] },
    });
    expect(executes.map(({ what }) => what)).toEqual(['setup', 'cleanup', 'check tests', 'rebuild a.lock']);
    expect(loosens).toHaveLength(4);
  });

  it('names the command of a preview, and keeps the hash of a file that has none', () => {
    const { executes, hash } = content({ preview: { command: ['npm', 'run', 'dev'] } });
    expect(executes).toEqual([{ what: 'preview', command: ['npm', 'run', 'dev'] }]);
    expect(hash).not.toBe(content({}).hash);
    expect(content({ preview: { command: ['x'] } }).hash).not.toBe(hash);
  });

  it('names what would leave this machine, and only that', () => {
    expect(isHarmless(content({ remote: { name: 'upstream' }, environments: ['live'] }))).toBe(true);
    const { loosens, hash } = content({
      remote: { push: 'integration' },
      forge: { repository: 'ada/shop', url: 'https://forge.example.org/api/v3' },
    });
    expect(loosens).toEqual([
      'the integration branch of every session is pushed to the remote origin',
      "results are read from https://forge.example.org/api/v3 (ada/shop), with the forge's token",
    ]);
    expect(hash).not.toBe(content({}).hash);
  });

  it('counts a conflict rule as loosened only beyond what is on anyway', () => {
    const settled = (conflicts: unknown) => content({ conflicts }).loosens;
    expect(settled({ policies: { identical: true, whitespace: false, 'non-overlapping': false } })).toEqual(
      [],
    );
    expect(settled({ policies: { union: false }, union: ['CHANGELOG.md'] })).toEqual([]);
    expect(settled({ policies: { 'non-overlapping': true }, union: ['CHANGELOG.md'] })).toEqual([
      'conflicts are settled without a person by the rule non-overlapping',
      'conflicts in CHANGELOG.md are settled by keeping the lines of both sides',
    ]);
  });

  it('has the same hash however it is written, and another one after any change', () => {
    const a = content({
      checks: [{ name: 'a', command: ['x'] }],
      agents: { b: { preference: 1 }, a: { preference: 2, cost: 'low' } },
    });
    const b = content({
      agents: { a: { cost: 'low', preference: 2 }, b: { preference: 1 } },
      checks: [{ command: ['x'], name: 'a', timeout: 600 }],
    });
    expect(a.hash).toBe(b.hash);
    expect(content({ checks: [{ name: 'a', command: ['x', 'y'] }] }).hash).not.toBe(a.hash);
    expect(content({ branch: 'other' }).hash).toBe(content({}).hash);
  });
});
