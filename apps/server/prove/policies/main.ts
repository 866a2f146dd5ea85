import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { makeTemporaryDirectory, runTestGit } from '@thalogos/testkit';
import { startGitHelper } from '../../src/git/helper.ts';
import { construct } from './constructed.ts';
import { makeConstructedRepository } from './constructed-repository.ts';
import { replay, type Replayed } from './replay.ts';
import { makeTable } from './tally.ts';

const USAGE = 'npm run prove:policies -- [--repo PATH]… [--merges N] [--rounds N] [--seed N] [--show]';

const wishes = readWishes();
await using scratch = await makeTemporaryDirectory('thalogos-replay-');
const git = await startGitHelper({
  dataDirectory: scratch.path,
  instance: `replay-${process.pid}`,
  hostEnvironment: process.env,
});
try {
  const sources = [];
  {
    await using made = await makeConstructedRepository(construct(wishes.rounds, wishes.seed));
    sources.push({
      name: 'constructed',
      replayed: await replay({ git, gitDir: made.gitDir }, wishes.merges),
    });
  }
  for (const path of wishes.repositories) {
    // A copy: replaying writes trees, and a person's repository is not ours to write to.
    const gitDir = resolve(scratch.path, `${sources.length}.git`);
    await runTestGit(scratch.path, ['clone', '--quiet', '--mirror', '--no-hardlinks', resolve(path), gitDir]);
    sources.push({ name: basename(resolve(path)), replayed: await replay({ git, gitDir }, wishes.merges) });
  }
  if (wishes.isShowing) for (const { name, replayed } of sources) show(name, replayed);
  process.stdout.write(`${makeTable(sources)}\n`);
} finally {
  await git.close();
}

/** Names every file that a rule settled otherwise than the person. */
function show(name: string, replayed: readonly Replayed[]): void {
  for (const { all, merge, path, subject } of replayed)
    if (all !== null && !all.isAsHuman)
      process.stdout.write(`${name} ${merge.slice(0, 12)} ${path} by ${all.by}: ${subject}\n`);
}

function readWishes() {
  try {
    const { values } = parseArgs({
      options: {
        repo: { type: 'string', multiple: true, default: [] },
        merges: { type: 'string', default: '20000' },
        rounds: { type: 'string', default: '20' },
        seed: { type: 'string', default: '1' },
        show: { type: 'boolean', default: false },
      },
    });
    const [merges, rounds, seed] = [values.merges, values.rounds, values.seed].map(toCount);
    return {
      ...{ repositories: values.repo, isShowing: values.show },
      ...{ merges: merges ?? 0, rounds: rounds ?? 0, seed: seed ?? 0 },
    };
  } catch (cause) {
    process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\nUsage: ${USAGE}\n`);
    process.exit(2);
  }
}

function toCount(word: string): number {
  if (!/^[1-9]\d*$/.test(word)) throw new Error(`${word} is not a number above 0`);
  return Number(word);
}
