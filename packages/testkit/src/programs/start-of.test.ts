import { describe, expect, it } from 'vitest';
import { startOf } from './start-of.ts';

describe('a program under test', () => {
  it('is its source, so that nothing has to be built to test a change', () => {
    expect(startOf('server', {}).main).toMatch(/apps\/server\/src\/main\.ts$/);
  });

  it('is what was built where the runner says so', () => {
    expect(startOf('cli', { THALOGOS_TEST_BUILT: '1' }).main).toMatch(/apps\/cli\/dist\/main\.js$/);
  });

  it('uses what was compiled before, and knows nothing of a person but its home', () => {
    const { environment } = startOf('server', {
      NODE_COMPILE_CACHE: '/cache',
      PATH: '/bin',
      OPENAI_API_KEY: 'k',
    });
    expect(environment('/h')).toEqual({
      PATH: '/bin',
      HOME: '/h',
      XDG_CACHE_HOME: '/h/cache',
      NODE_COMPILE_CACHE: '/cache',
      THALOGOS_HOME: '/h/data',
    });
  });
});
