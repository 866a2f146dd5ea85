import { join, resolve } from 'node:path';

const APPS = resolve(import.meta.dirname, '../../../../apps');

/** What a part of Thalogos under test is started with. */
export interface ProgramStart {
  /** The file that Node runs. */
  readonly main: string;
  /** The environment of the process, where `home` is all that it knows of a person. */
  readonly environment: (home: string) => Readonly<Record<string, string | undefined>>;
}

/**
 * Says how the server or the command line is started in a test: from its source, or, where
 * THALOGOS_TEST_BUILT is 1, from what `npm run build` made, as people run it.
 *
 * A start from source costs a second of a core, half of it where the runner keeps what was
 * compiled, and one from what was built a third; the whole suite starts some three hundred.
 */
export function startOf(app: 'server' | 'cli', environment: NodeJS.ProcessEnv = process.env): ProgramStart {
  const main = environment['THALOGOS_TEST_BUILT'] === '1' ? 'dist/main.js' : 'src/main.ts';
  return {
    main: resolve(APPS, app, main),
    environment: (home) => ({
      PATH: environment['PATH'],
      HOME: home,
      XDG_CACHE_HOME: join(home, 'cache'),
      NODE_COMPILE_CACHE: environment['NODE_COMPILE_CACHE'],
      THALOGOS_HOME: join(home, 'data'),
    }),
  };
}
