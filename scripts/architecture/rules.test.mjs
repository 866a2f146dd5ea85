import { rmSync } from 'node:fs';
import { cruise } from 'dependency-cruiser';
import { describe, expect, it } from 'vitest';
import architecture from '../../.dependency-cruiser.mjs';
import { plantTree } from './plant-tree.mjs';
import { plants, soundTree } from './plants.mjs';

const forbidden = architecture.forbidden ?? [];
const rules = forbidden.map((rule) => rule.name ?? '');

/**
 * The names of the rules that a tree breaks.
 *
 * @param {Record<string, string>} files
 */
async function brokenRules(files) {
  const tree = plantTree(files);
  try {
    const { output } = await cruise(['apps', 'packages'], {
      ...architecture.options,
      ruleSet: { forbidden },
      validate: true,
      baseDir: tree,
    });
    if (typeof output === 'string') throw new Error(`Expected a result and not a text: ${output}`);
    return [...new Set(output.summary.violations.map((violation) => violation.rule.name))];
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}

describe('the architecture rules', () => {
  it('find nothing in a tree that keeps them', async () => {
    expect(await brokenRules(soundTree)).toEqual([]);
  });

  it('have a plant each, and no plant is left over', () => {
    expect(Object.keys(plants).sort()).toEqual([...rules].sort());
  });

  it.each(Object.keys(plants))('catch what breaks %s, under that name alone', async (rule) => {
    expect(await brokenRules({ ...soundTree, ...plants[rule] })).toEqual([rule]);
  });

  it('say why', () => {
    expect(forbidden.filter((rule) => !rule.comment)).toEqual([]);
  });
});
