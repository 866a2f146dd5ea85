import PQueue from 'p-queue';
import { makeKeyedMutex } from '../platform/keyed-mutex.ts';
import type { RunningProcess } from '../platform/process.ts';
import type { GitSettings } from './environment.ts';
import type {
  MergeRequest,
  ObjectRequest,
  PlumbingRequest,
  PlumbingResult,
  RunRequest,
  WriteRequest,
} from './git.ts';
import { measureMerge } from './live-merges.ts';
import { readLiveObject } from './live-objects.ts';
import { makeLiveWrites } from './live-writes.ts';
import { MERGE_ARGS, makeLiveProcesses } from './live-processes.ts';
import { makePlumbing } from './plumbing.ts';
import { makeRun } from './run.ts';

/** What the helper can do, and how it lets go of everything it started. */
export interface HelperWork {
  readonly plumbing: (request: PlumbingRequest) => Promise<unknown>;
  readonly run: (request: RunRequest) => Promise<unknown>;
  readonly object: (request: ObjectRequest) => Promise<unknown>;
  readonly write: (request: WriteRequest) => Promise<unknown>;
  readonly merge: (request: MergeRequest) => Promise<unknown>;
  /** Kills every process group that is still there. */
  readonly killAll: () => Promise<void>;
}

/** Makes the helper's side: reads beside each other up to a bound, writes of one key one after the other. */
export function makeHelperWork(settings: GitSettings): HelperWork {
  const alive = new Set<RunningProcess>();
  const track = (running: RunningProcess) => {
    alive.add(running);
    void running.exited.then(() => alive.delete(running));
  };
  const writes = makeKeyedMutex();
  const beside = new PQueue({ concurrency: settings.concurrency });
  const live = makeLiveProcesses(settings, track);
  const write = makeLiveWrites(settings.home);
  const startPlumbing = makePlumbing(settings, track);
  const startRun = makeRun(settings);

  function inTurn<T>(key: string | undefined, work: () => Promise<T>): Promise<T> {
    const bounded = () => beside.add(work);
    return key === undefined ? bounded() : writes.run(key, bounded);
  }

  const plumbing = (request: PlumbingRequest) => inTurn(request.writes, () => startPlumbing(request));
  return {
    plumbing,
    run: (request) => inTurn(request.writes, () => startRun(request)),
    object: (request) => readLiveObject(live.objects(request.gitDir), request),
    write: (request) => write(live.writes(request.gitDir, request.type), request),
    merge: makeMerge(live.merges, plumbing),
    async killAll() {
      await Promise.all([...alive].map((running) => running.stop({ signals: [], graceMs: 0 })));
    },
  };
}

type Merges = ReturnType<typeof makeLiveProcesses>['merges'];

/** Merges through the live process, or with one process a merge where there is no `stdbuf` to keep one alive. */
function makeMerge(merges: Merges, plumbing: (request: PlumbingRequest) => Promise<PlumbingResult>) {
  let hasStdbuf = true;
  return async ({ gitDir, ours, theirs }: MergeRequest): Promise<Buffer> => {
    const question = `${ours} ${theirs}\n`;
    if (hasStdbuf) {
      try {
        return await merges(gitDir).ask(question, measureMerge);
      } catch (cause) {
        if (!isMissingProgram(cause)) throw cause;
        hasStdbuf = false;
      }
    }
    const purpose = `merge ${theirs} into ${ours}`;
    return (await plumbing({ purpose, gitDir, args: MERGE_ARGS, input: Buffer.from(question) })).stdout;
  };
}

function isMissingProgram(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  return ('code' in cause && cause.code === 'ENOENT') || isMissingProgram(cause.cause);
}
