import { defineConfig } from 'vitest/config';

const unit = (name: string, folder: string) => ({
  // React's JSX for the few view tests; everywhere else it is never met.
  oxc: { jsx: { runtime: 'automatic' as const } },
  test: {
    name,
    include: [`${folder}/**/*.test.{ts,tsx,mjs}`],
    exclude: ['**/node_modules/**', '**/dist/**', '**/*.integration.test.ts'],
    testTimeout: 20_000,
  },
});

/** Every test of the workspace but the browser's; `--project NAME` picks one. */
export default defineConfig({
  test: {
    projects: [
      unit('contracts', 'packages/contracts'),
      unit('smalltalk', 'packages/smalltalk'),
      unit('testkit', 'packages/testkit'),
      unit('server', 'apps/server'),
      unit('cli', 'apps/cli'),
      unit('web', 'apps/web'),
      unit('bench', 'bench'),
      unit('scripts', 'scripts'),
      {
        test: {
          name: 'integration',
          include: ['{apps,packages}/*/{src,tests,prove}/**/*.integration.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          // Each of these waits for its servers, gits and agents a third of the time: three keep two cores at work.
          maxWorkers: 3,
        },
      },
    ],
  },
});
