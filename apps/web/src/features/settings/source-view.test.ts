import { describe, expect, it } from 'vitest';
import { sourceOf, sourceWords } from './source-view.ts';

const settings = { file: '.thalogos/config.yaml', lines: { checks: 3, limits: 5, 'limits.attempts': 6 } };
const words = (name: string) => sourceWords(sourceOf(settings, name));

describe('where a value comes from', () => {
  it('is a line of the project file', () => {
    expect([words('checks'), words('limits.attempts')]).toEqual(['config.yaml:3', 'config.yaml:6']);
  });
  it('is Thalogos’s own where nobody says anything, in the same group too', () => {
    expect([words('setup'), words('limits.run')]).toEqual(['default', 'default']);
    expect(sourceOf({ file: null, lines: {} }, 'checks')).toEqual({ kind: 'default' });
  });
});
