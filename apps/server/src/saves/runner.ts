import type { ProjectId } from '@thalogos/contracts';
import type { SaveRecord } from './save.ts';
import type { SaveContext } from './save-context.ts';
import { saveSession } from './save-session.ts';
import { sayRetry } from './say-fault.ts';

/** Milliseconds until a Save that broke is tried again, attempt by attempt; the last one repeats. */
const RETRY_MS = [1000, 5000, 30_000, 60_000];

/** Runs Saves in the background, each to its end. */
export interface Runner {
  run(record: SaveRecord): void;
  /** Interrupts the check that a Save is in. */
  cancel(save: string): void;
  /** What stands in the way of a Save that waits for its next try, in one sentence; null for every other. */
  trouble(save: string): string | null;
  onThawed(act: (project: ProjectId) => void): () => void;
  settled(project: ProjectId): Promise<void>;
  close(): Promise<void>;
}

/** Makes a runner that has nothing to do yet. */
export function makeRunner(context: SaveContext): Runner {
  const stopping = new AbortController();
  const cancelling = new Map<string, AbortController>();
  const running = new Map<ProjectId, Promise<void>>();
  // In memory: a disk that is full takes no row that says so.
  const troubles = new Map<string, string>();
  const listeners = new Set<(project: ProjectId) => void>();

  async function runToEnd({ id, project }: SaveRecord, signal: AbortSignal): Promise<void> {
    for (let attempt = 0; !stopping.signal.aborted; attempt += 1) {
      try {
        await saveSession(context, id, { cancelling: signal, stopping: stopping.signal });
        return;
      } catch (cause) {
        // A step that a stopping server cut off goes on at the next start.
        if (stopping.signal.aborted) return;
        context.logger.error({ save: id, project, error: cause }, 'A Save broke and will be tried again');
        const ms = RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)] ?? 0;
        troubles.set(id, sayRetry(cause, ms));
        await pause(context, ms, stopping.signal);
      }
    }
  }

  function thaw({ id, project }: SaveRecord): void {
    cancelling.delete(id);
    troubles.delete(id);
    running.delete(project);
    if (stopping.signal.aborted) return;
    for (const act of listeners) tell(context, act, project);
  }

  return {
    run: (record) => {
      const controller = new AbortController();
      cancelling.set(record.id, controller);
      running.set(
        record.project,
        runToEnd(record, controller.signal).finally(() => thaw(record)),
      );
    },
    cancel: (save) => cancelling.get(save)?.abort(),
    trouble: (save) => troubles.get(save) ?? null,
    onThawed: (act) => {
      listeners.add(act);
      return () => listeners.delete(act);
    },
    settled: async (project) => running.get(project),
    close: async () => {
      stopping.abort();
      await Promise.all(running.values());
    },
  };
}

/** Who waits for the end of a Save must not be able to break the next one. */
function tell({ logger }: SaveContext, act: (project: ProjectId) => void, project: ProjectId): void {
  try {
    act(project);
  } catch (cause) {
    logger.error({ project, error: cause }, 'What waited for the end of a Save failed');
  }
}

function pause({ clock }: SaveContext, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const cancel = clock.after(ms, resolve);
    signal.addEventListener(
      'abort',
      () => {
        cancel();
        resolve();
      },
      { once: true },
    );
  });
}
