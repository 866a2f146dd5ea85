import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { WorkloadRepository } from '../workloads/repository.ts';
import { openWorld } from './open-world.ts';

/** Says how many processes one Save of so many tasks starts, and which; each costs a few milliseconds. */
export async function countProcesses(
  scratch: string,
  source: WorkloadRepository,
  count: number,
): Promise<string> {
  const place = join(scratch, 'counted');
  const log = join(place, 'started.log');
  const bin = join(place, 'bin');
  await mkdir(bin, { recursive: true });
  const path = process.env['PATH'] ?? '';
  for (const program of ['git', 'ssh-keygen']) {
    // By its own path, so that what git starts in its turn is counted too.
    const real = await which(program, path);
    const shim = `#!/bin/sh\nprintf '%s\\n' "${program} $*" >> '${log}'\nexec '${real}' "$@"\n`;
    await writeFile(join(bin, program), shim);
    await chmod(join(bin, program), 0o755);
  }
  const hostEnvironment = { ...process.env, PATH: `${bin}${delimiter}${path}` };
  const world = await openWorld({ scratch: place, source, person: 'checkout', hostEnvironment });
  try {
    await world.keys.signing();
    await writeFile(log, '');
    await world.save(world.tasks.batch(count, 0));
    return `one Save of ${count} ${tell(await readFile(log, 'utf8'))}`;
  } finally {
    await world.close();
    await rm(place, { recursive: true, force: true });
  }
}

async function which(program: string, path: string): Promise<string> {
  for (const directory of path.split(delimiter)) {
    const file = join(directory, program);
    if (existsSync(file)) return file;
  }
  throw new Error(`There is no ${program} on this machine`);
}

function tell(log: string): string {
  const names = log
    .trimEnd()
    .split('\n')
    .filter((line) => /^(git|ssh-keygen) /.test(line))
    .map(nameOf);
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const parts = [...counts].toSorted(([, a], [, b]) => b - a).map(([name, count]) => `${count} ${name}`);
  return `starts ${names.length} processes (${parts.join(', ')})`;
}

/** `git -c a=b merge-tree …` is a merge-tree. */
function nameOf(line: string): string {
  const [program = '', ...args] = line.split(' ');
  if (program !== 'git') return program;
  const at = args.findIndex((arg, index) => !arg.startsWith('-') && args[index - 1] !== '-c');
  return args[at] ?? program;
}
