import type { Calls } from './router.ts';
import { makeAccess } from '../access/access.ts';
import { newSecret } from '../access/credential.ts';
import { systemClock } from '../platform/clock.ts';
import { makeSilentLogger } from '../platform/logger.ts';
import type { SourceFilter, StoredEvent } from '../platform/event-source.ts';
import { type EventSource, passes } from './event-source.ts';
import { type HttpServerOptions, makeHttpServer } from './http-server.ts';
import { makeRouter } from './router.ts';

/** A log in memory whose readers see what `append` has put there. */
function makeTestLog() {
  const events: StoredEvent[] = [];
  const listeners = new Set<() => void>();
  let reads = 0;
  const append = (
    count: number,
    about: { project?: string; session?: string; task?: string; text?: string } = {},
  ) => {
    for (let i = 0; i < count; i += 1) {
      const seq = events.length + 1;
      const { project = null, session = null, task = null, text = '' } = about;
      const json = JSON.stringify({ seq, type: 'task.queued', project, session, task, text });
      events.push({ seq, type: 'task.queued', project, session, task, json });
    }
    for (const listener of listeners) listener();
  };
  const source: EventSource = {
    after: (seq: number, filter: SourceFilter, limit: number) => {
      reads += 1;
      return events
        .slice(seq)
        .filter((event) => passes(event, filter))
        .slice(0, limit);
    },
    last: () => events.length,
    onAppended: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return { source, append, reads: () => reads };
}

/** A real server on a free port, whose calls only count how often they ran. */
export async function startTestServer(more: Partial<HttpServerOptions> = {}) {
  let ran = 0;
  const hold = Promise.withResolvers<void>();
  const ok = () => {
    ran += 1;
    return [];
  };
  const calls = {
    projects: { list: ok, look: ok },
    sessions: {},
    planning: {},
    tasks: {},
    review: {},
    saves: {},
    timeline: {},
    agents: {
      list: async () => {
        ok();
        await hold.promise;
        return [];
      },
    },
    conversation: {},
    attachments: {},
    ops: {
      stop: ok,
      status: () => {
        ok();
        throw new Error('the disk is on fire');
      },
    },
  } as unknown as Calls;
  const log = makeTestLog();
  const token = newSecret();
  const access = makeAccess({ token, owner: 'ada', clock: systemClock });
  const server = await makeHttpServer({
    router: makeRouter(calls),
    attachments: calls.attachments,
    events: log.source,
    access,
    probes: {
      health: () => ({
        status: 'healthy',
        uptime_seconds: 0,
        active_sessions: 0,
        failed_agents: 0,
        version: '0',
        timestamp: '',
      }),
      ready: () => ({ ready: true, checks: { storage: 'ok', event_bus: 'ok' } }),
    },
    metrics: () => [],
    logger: makeSilentLogger(),
    clock: systemClock,
    host: '127.0.0.1',
    proxy: null,
    consoleDirectory: null,
    ...more,
  });
  const port = await server.listen(0);
  return {
    server,
    port,
    url: `http://127.0.0.1:${port}`,
    token,
    access,
    log,
    ran: () => ran,
    release: () => hold.resolve(),
  };
}
