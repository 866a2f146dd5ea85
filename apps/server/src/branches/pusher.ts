import { pushIntegration, type PushContext } from './push-integration.ts';

/** Milliseconds until a push that failed is tried again, attempt by attempt; the last one repeats. */
const RETRY_MS = [10_000, 60_000, 300_000, 900_000];

/** Pushes in the background; nothing waits for it, and nothing fails with it. */
export interface Pusher {
  /** Looks whether there is something to push, now or once the look that is under way has ended. */
  look(project: string): void;
  /** Resolves when no look of the project is under way. */
  settled(project: string): Promise<void>;
  close(): Promise<void>;
}

/** Makes a pusher that has nothing to do yet; `onLooked` is told of every look that has ended. */
export function makePusher(context: PushContext, onLooked: (project: string) => Promise<void>): Pusher {
  const running = new Map<string, Promise<void>>();
  const wanted = new Set<string>();
  const timers = new Map<string, () => void>();
  const attempts = new Map<string, number>();
  let isClosed = false;

  function later(project: string): void {
    const attempt = attempts.get(project) ?? 0;
    attempts.set(project, attempt + 1);
    const ms = RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)] ?? 0;
    timers.set(
      project,
      context.clock.after(ms, () => look(project)),
    );
  }

  async function attempt(project: string): Promise<void> {
    try {
      if (await pushIntegration(context, project)) attempts.delete(project);
      else if (!isClosed) later(project);
      if (!isClosed) await onLooked(project);
    } catch (cause) {
      if (isClosed) return;
      context.logger.error({ project, error: cause }, 'A push broke and will be tried again');
      later(project);
    }
  }

  async function run(project: string): Promise<void> {
    do {
      wanted.delete(project);
      timers.get(project)?.();
      await attempt(project);
    } while (wanted.has(project) && !isClosed);
    running.delete(project);
  }

  function look(project: string): void {
    if (isClosed) return;
    wanted.add(project);
    if (!running.has(project)) running.set(project, run(project));
  }

  return {
    look,
    settled: async (project) => running.get(project),
    close: async () => {
      isClosed = true;
      for (const cancel of timers.values()) cancel();
      await Promise.all(running.values());
    },
  };
}
