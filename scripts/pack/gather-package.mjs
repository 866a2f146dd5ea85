import { cpSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const [what = 'gather', folder = '.'] = process.argv.slice(2);
const target = resolve(folder);

/** What people install is one package: the command line, the server that it starts, and the console that the server shows. */
const parts = [
  { from: join(root, 'apps', 'server', 'dist'), to: join(target, 'server') },
  { from: join(root, 'apps', 'web', 'dist'), to: join(target, 'web') },
  { from: join(root, 'LICENSE'), to: join(target, 'LICENSE') },
];

for (const { to } of parts) rmSync(to, { recursive: true, force: true });
// `clear` is what comes after packing: a copy that stayed would be an older server beside a newer command line.
if (what === 'gather') {
  for (const { from, to } of parts)
    cpSync(from, to, { recursive: true, filter: (path) => !path.endsWith('.map') });
}
