import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** What the command line knows of its surroundings. */
export interface CliConfig {
  readonly dataDirectory: string;
  /** The folder that the person called from. */
  readonly calledFrom: string;
  /** Handed to a server that is started. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Reads the environment; the only place that does. */
export function readConfig(): CliConfig {
  const environment = process.env;
  const calledFrom = folderOfCaller(environment, process.cwd());
  const data = environment['XDG_DATA_HOME'] || join(homedir(), '.local', 'share');
  return {
    calledFrom,
    dataDirectory: resolve(calledFrom, environment['THALOGOS_HOME'] || join(data, 'thalogos')),
    environment,
  };
}

/**
 * npm runs scripts in its package's folder and says where the person stood.
 *
 * What npm started and what then went elsewhere inherits the same variable, where it means nothing.
 */
export function folderOfCaller(environment: CliConfig['environment'], cwd: string): string {
  const { INIT_CWD: called, npm_package_json: manifest } = environment;
  if (called === undefined || called === '') return cwd;
  const isElsewhere =
    manifest !== undefined && manifest !== '' && realFolder(dirname(manifest)) !== realFolder(cwd);
  return isElsewhere ? cwd : called;
}

function realFolder(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
