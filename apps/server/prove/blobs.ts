import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';

const exec = promisify(execFile);

/** What each path holds, as git names it: `mode oid`. Paths are read as latin1, so that no name is lost. */
export type Blobs = ReadonlyMap<string, string>;

/** What a commit holds. */
export async function blobsAt(gitDir: string, name: string): Promise<Blobs> {
  // Names are bytes; read as text, those that are no UTF-8 would all look the same.
  const { stdout } = await exec('git', ['--git-dir', gitDir, 'ls-tree', '-r', '-z', name], {
    encoding: 'latin1',
    maxBuffer: 64 * 1024 * 1024,
  });
  const lines = stdout.split('\0').filter((line) => line !== '');
  return new Map(
    lines.map((line) => {
      const tab = line.indexOf('\t');
      const [mode, , oid] = line.slice(0, tab).split(' ');
      return [line.slice(tab + 1), `${mode} ${oid}`];
    }),
  );
}

/** What a folder holds at every depth, hashed as git would, without asking git; `.git` is left out. */
export async function blobsIn(folder: string): Promise<Blobs> {
  const found = new Map<string, string>();
  await visit(Buffer.from(folder), '', found);
  return found;
}

async function visit(folder: Buffer, at: string, found: Map<string, string>): Promise<void> {
  for (const name of await readdir(folder, { encoding: 'buffer' })) {
    if (name.equals(Buffer.from('.git'))) continue;
    const path = Buffer.concat([folder, Buffer.from('/'), name]);
    const shown = at + name.toString('latin1');
    const stat = await lstat(path);
    if (stat.isDirectory()) await visit(path, `${shown}/`, found);
    else if (stat.isSymbolicLink())
      found.set(shown, `120000 ${oidOf(Buffer.from(await readlink(path, 'buffer')))}`);
    else if (stat.isFile())
      found.set(shown, `${(stat.mode & 0o100) === 0 ? '100644' : '100755'} ${oidOf(await readFile(path))}`);
    else found.set(shown, 'neither file nor link');
  }
}

function oidOf(content: Buffer): string {
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
}

/** The paths in which two of them differ, at most five, in words; null when there are none. */
export function differences(found: Blobs, wanted: Blobs): string | null {
  const paths = new Set([...found.keys(), ...wanted.keys()]);
  const differing = [...paths].filter((path) => found.get(path) !== wanted.get(path));
  if (differing.length === 0) return null;
  const shown = differing
    .slice(0, 5)
    .map((path) => `${path} is ${found.get(path) ?? 'gone'}, not ${wanted.get(path) ?? 'gone'}`);
  return `${differing.length} files differ: ${shown.join('; ')}`;
}
