import { describe, expect, it } from 'vitest';
import { startOf } from './start-of.ts';

describe('a program under test', () => {
  it('is its source, so that nothing has to be built to test a change', () => {
    expect(startOf('server', {}).main).toMatch(/apps\/server\/src\/main\.ts$/);
  });

  it('is what was built where the runner says so', () => {
    expect(startOf('cli', { THALOGOS_TEST_BUILT: '1' }).main).toMatch(/apps\/cli\/dist\/main\.js$/);
  });

  it('uses what was compiled before', () => {
    const { environment } = startOf('server', { NODE_COMPILE_CACHE: '/cache' });
    expect(environment).toEqual({ NODE_COMPILE_CACHE: '/cache' });
  });
});
