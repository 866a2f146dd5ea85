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
import { readLiveObject, requireObjects } from './live-objects.ts';
import { makeLiveWrites } from './live-writes.ts';
import { type LiveProcesses, MERGE_ARGS, makeLiveProcesses } from './live-processes.ts';
import { makePlumbing } from './plumbing.ts';
import { makeRun } from './run.ts';
import { writeLoose } from './write-loose.ts';

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
    object: (request) => readLiveObject(live.objects(request), request),
    write: makeWrite(live, settings),
    merge: makeMerge(live, plumbing),
    async killAll() {
      await Promise.all([...alive].map((running) => running.stop({ signals: [], graceMs: 0 })));
    },
  };
}

/** Writes an object once what it names is there: git looks at its shape alone. */
function makeWrite(live: LiveProcesses, { home }: GitSettings) {
  const write = makeLiveWrites(home);
  return async (request: WriteRequest): Promise<string> => {
    const { gitDir, quarantine, type, needs = [] } = request;
    await requireObjects(live.objects(request), { purpose: type, gitDir, objects: needs });
    return quarantine === undefined
      ? write(live.writes(gitDir, type), request)
      : writeLoose(quarantine, request);
  };
}

/** Merges through the live process, or with one process a merge where there is no `stdbuf` to keep one alive. */
function makeMerge(live: LiveProcesses, plumbing: (request: PlumbingRequest) => Promise<PlumbingResult>) {
  let hasStdbuf = true;
  return async (request: MergeRequest): Promise<Buffer> => {
    const { ours, theirs, ...where } = request;
    // git answers a bad name with the exit code of a conflict, so names are known to be commits before it is asked.
    const objects = [ours, theirs].map((oid) => ({ oid, type: 'commit' as const }));
    await requireObjects(live.objects(where), { purpose: 'merge', gitDir: where.gitDir, objects });
    const question = `${ours} ${theirs}\n`;
    if (hasStdbuf) {
      try {
        return await live.merges(where).ask(question, measureMerge);
      } catch (cause) {
        if (!isMissingProgram(cause)) throw cause;
        hasStdbuf = false;
      }
    }
    const purpose = `merge ${theirs} into ${ours}`;
    return (await plumbing({ purpose, ...where, args: MERGE_ARGS, input: Buffer.from(question) })).stdout;
  };
}

function isMissingProgram(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  return ('code' in cause && cause.code === 'ENOENT') || isMissingProgram(cause.cause);
}
