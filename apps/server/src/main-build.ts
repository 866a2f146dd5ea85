import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import manifest from '../package.json' with { type: 'json' };

/** What this server is made of. */
export interface Build {
  readonly version: string;
  /** Changes with every build of the console, so that an open page can tell that it is out of date. */
  readonly build: string;
  /** The built console; null when it has not been built. */
  readonly consoleDirectory: string | null;
}

/** Beside the source, and beside the bundle of a package. */
const PLACES = ['../../web/dist', 'web', '../web'];

/** Finds the console and names the build. */
export function findBuild(): Build {
  const consoleDirectory =
    PLACES.map((place) => resolve(import.meta.dirname, place)).find((folder) =>
      existsSync(join(folder, 'index.html')),
    ) ?? null;
  // The page names its files by their hashes, so its own hash speaks for all of them.
  const build =
    consoleDirectory === null
      ? 'source'
      : createHash('sha256')
          .update(readFileSync(join(consoleDirectory, 'index.html')))
          .digest('hex')
          .slice(0, 12);
  return { version: manifest.version, build, consoleDirectory };
}
