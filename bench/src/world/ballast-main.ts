import { execFile } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { promisify } from 'node:util';
import { simpleGit } from 'simple-git';
import { resolveRef } from '../../../apps/server/src/git/resolve-ref.ts';
import { startGitHelper } from '../../../apps/server/src/git/helper.ts';
import type { BallastAnswer, BallastQuestion, Way } from './ballast.ts';
import { PEER_ENVIRONMENT } from './run-git.ts';

/**
 * A stand-in for a server that has grown: it holds memory, and asks git in several ways.
 *
 * The helper is started first, as the server does, while the process is still small.
 */
const [gitDir = '', dataDirectory = '', megabytes = '0'] = process.argv.slice(2);
const git = await startGitHelper({
  dataDirectory,
  instance: `bench-${process.pid}`,
  hostEnvironment: process.env,
});
const ballast: Buffer[] = [];
while (process.memoryUsage.rss() < Number(megabytes) * 1024 * 1024)
  ballast.push(Buffer.alloc(64 * 1024, ballast.length + 1));

const ask: Record<Way, () => Promise<unknown>> = {
  helper: () =>
    git.plumbing({
      purpose: 'resolve main',
      gitDir,
      args: ['rev-parse', '--verify', '--quiet', '--end-of-options', 'main^{commit}'],
    }),
  live: () => resolveRef({ git, gitDir }, 'refs/heads/main'),
  spawn: () =>
    promisify(execFile)('git', ['rev-parse', 'main'], { env: { ...PEER_ENVIRONMENT, GIT_DIR: gitDir } }),
  'simple-git': () => simpleGit(gitDir).raw('rev-parse', 'main'),
};

process.on('message', (question: BallastQuestion) => {
  void (async () => {
    if (question.kind === 'end') {
      await git.close();
      process.exit(0);
    }
    process.send?.(await measure(question.way, question.atOnce));
  })();
});
process.send?.({ rss: process.memoryUsage.rss(), ms: 0, 'stall ms': 0 } satisfies BallastAnswer);

async function measure(way: Way, atOnce: number): Promise<BallastAnswer> {
  let longest = 0;
  let last = performance.now();
  const look = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const timer = setInterval(look, 1);
  const start = performance.now();
  await Promise.all(Array.from({ length: atOnce }, () => ask[way]()));
  const ms = (performance.now() - start) / atOnce;
  look();
  clearInterval(timer);
  // A tick that comes in time is 1 ms after the one before it.
  // Read after the work, so that nothing could take the ballast for garbage before.
  return {
    ms,
    'stall ms': Math.max(0, longest - 1),
    rss: Math.min(process.memoryUsage.rss(), ballast.length * 64 * 1024),
  };
}
