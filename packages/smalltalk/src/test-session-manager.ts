import { SessionManager } from './core/session-manager.ts';
import type { SessionManagerOptions } from './core/session-settings.ts';
import { InMemoryStorageAdapter } from './persistence/memory-storage-adapter.ts';
import type { SaveOptions, StorageAdapter } from './persistence/storage-adapter.ts';
import { FakeClock } from './test-clock.ts';
import { settle } from './test-settle.ts';
import type { Alert } from './types/alert-sink.ts';
import { StorageError } from './types/errors.ts';
import type { LogRecord } from './types/log-sink.ts';
import type { MetricLabels } from './types/metric-sink.ts';
import type { Session } from './types/session.ts';

/** A session manager whose time stands still, and everything that it said. */
export function makeSessionManager(
  storage: StorageAdapter,
  options: SessionManagerOptions & { clock?: FakeClock } = {},
) {
  const clock = options.clock ?? new FakeClock();
  const said = {
    log: [] as LogRecord[],
    alerts: [] as Alert[],
    counts: new Map<string, number>(),
    levels: new Map<string, number>(),
  };
  const labels: MetricLabels[] = [];
  const manager = new SessionManager(storage, {
    ...options,
    clock,
    log: { write: (record) => said.log.push(record) },
    alerts: { alert: (alert) => void said.alerts.push(alert) },
    metrics: {
      increment: (name, withLabels) => {
        said.counts.set(name, (said.counts.get(name) ?? 0) + 1);
        if (withLabels !== undefined) labels.push(withLabels);
      },
      set: (name, value) => said.levels.set(name, value),
      observe: (name) => said.counts.set(name, (said.counts.get(name) ?? 0) + 1),
    },
  });
  /** Lets time pass, and then everything happen that is due. */
  const pass = async (ms: number) => {
    clock.advance(ms);
    await settle();
  };
  return { manager, clock, pass, labels, ...said };
}

/** A memory that can be made to fail like a full disk. */
export class FailingStorage extends InMemoryStorageAdapter {
  isFailing = false;
  attempts = 0;

  override saveSession(session: Session, options?: SaveOptions): Promise<void> {
    return this.#refuse() ?? super.saveSession(session, options);
  }

  override appendMessages(...parameters: Parameters<InMemoryStorageAdapter['appendMessages']>) {
    return this.#refuse() ?? super.appendMessages(...parameters);
  }

  override deleteSession(sessionId: string): Promise<boolean> {
    return this.#refuse() ?? super.deleteSession(sessionId);
  }

  #refuse(): Promise<never> | undefined {
    if (!this.isFailing) return undefined;
    this.attempts += 1;
    const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
    return Promise.reject(new StorageError('Could not save', full));
  }
}

/** A storage in memory that is ready. */
export async function makeMemoryStorage(): Promise<InMemoryStorageAdapter> {
  const storage = new InMemoryStorageAdapter();
  await storage.initialize();
  return storage;
}
