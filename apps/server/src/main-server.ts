import { compose } from './compose.ts';
import type { Config } from './config.ts';
import { runServer } from './main-lifecycle.ts';

/** Runs the whole server until it is told to end; answers the exit code. */
export function runThalogos(config: Config): Promise<number> {
  return runServer(config, compose);
}
