import {
  Agent,
  EventBus,
  openDatabase,
  SmallTalk,
  SqliteCursorStore,
  SqliteEventLog,
} from '@thalogos/smalltalk';
import { byAgent, during, type Environment, modelFor, playDirectly, type Stage } from './support/stage.ts';

const QUIET = { write: () => undefined };

/** All that happens is told on a bus, and who was away hears of it later. */
export default function makeTalk(environment: Environment = process.env, folder = '.'): SmallTalk {
  const database = openDatabase(`${folder}/events.db`);
  const events = new EventBus({
    log: new SqliteEventLog({ database }),
    cursors: new SqliteCursorStore({ database }),
    logSink: QUIET,
  });
  return new SmallTalk({
    ...modelFor(environment, byAgent({ Host: ['Welcome.'] })),
    events,
    agents: [new Agent({ name: 'Host' })],
  });
}

/** An answer that is heard of at once, and an event that is heard of after a restart. */
export async function demo({ print, environment, folder }: Stage): Promise<void> {
  await during(makeTalk(environment, folder), async (talk) => {
    const { events } = talk;
    const { promise: processed, resolve } = Promise.withResolvers<void>();
    events.subscribe<{ agentName: string }>('message_*', 'audience', ({ agentName }, { topic }) => {
      print(`${topic}: ${agentName}`);
      resolve();
    });
    await events.publish('door:opened', { by: 'Ada' }, { priority: 'critical' });
    await talk.chat('Good evening');
    await processed;
  });
  print('the process has ended, and another begins');

  await during(makeTalk(environment, folder), async ({ events }) => {
    events.subscribe<{ by: string }>('door:*', 'guard', ({ by }) => print(`${by} came while nobody watched`));
    print(`${await events.replay('guard', { topics: ['door:*'] })} event was missed`);
  });
}

await playDirectly(import.meta.url, demo);
