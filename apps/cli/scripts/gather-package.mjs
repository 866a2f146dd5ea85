import { cpSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(dirname(fileURLToPath(import.meta.url)));
const root = join(here, '..', '..');

/** What people install is one package: the command line, the server that it starts, and the console that the server shows. */
const parts = [
  { from: join(root, 'apps', 'server', 'dist'), to: join(here, 'server') },
  { from: join(root, 'apps', 'web', 'dist'), to: join(here, 'web') },
  { from: join(root, 'LICENSE'), to: join(here, 'LICENSE') },
];

for (const { to } of parts) rmSync(to, { recursive: true, force: true });
// `clear` is what comes after packing: a copy that stayed would be an older server beside a newer command line.
if (process.argv[2] !== 'clear') {
  for (const { from, to } of parts)
    cpSync(from, to, { recursive: true, filter: (path) => !path.endsWith('.map') });
}
