import {
  Agent,
  connectRedis,
  EventBus,
  type ModelRequest,
  RedisCursorStore,
  RedisEventLog,
  RedisStorageAdapter,
  SmallTalk,
} from '@thalogos/smalltalk';
import { type Environment, modelFor } from './stage.ts';

/** Which Redis, and under which name its events are kept there. */
export type SharedPlace = { readonly url: string; readonly key: string };

/** A host whose sessions and events are in a Redis that others share. */
export type SharedHost = {
  readonly talk: SmallTalk;
  /** Packs the orders that are placed, each once, whoever began with it; `packing` may keep it from the end. */
  readonly pack: (packing: (order: number) => Promise<void>) => void;
  readonly close: () => Promise<void>;
};

type Order = { readonly order: number };

/** Starts a host: its sessions are where the Redis adapter keeps all sessions, its events in a stream named `key`. */
export async function openSharedHost(environment: Environment, place: SharedPlace): Promise<SharedHost> {
  const { url, key } = place;
  const redis = await connectRedis(url);
  const [log, storage] = [new RedisEventLog({ redis, key }), new RedisStorageAdapter(url)];
  const cursors = new RedisCursorStore({ redis, key: `${key}:cursors` });
  const events = new EventBus({
    log,
    cursors,
    replayPolicies: { packer: 'full' },
    logSink: { write: () => undefined },
  });
  const talk = new SmallTalk({ ...tellHost(environment), history: { storage }, events });
  await talk.start();
  return {
    talk,
    pack: (packing) => {
      events.subscribe<Order>('order:placed', 'packer', async ({ order }) => {
        // An event comes at least once: what was packed by the one who died is not packed again.
        if (await storage.has(`${key}:packed:${order}`)) return;
        await packing(order);
        await storage.set(`${key}:packed:${order}`, true, 3600);
      });
    },
    close: async () => {
      await talk.stop();
      await log.close();
      await redis.quit();
    },
  };
}

/** What every host of the example is told; without Redis it keeps everything in its own memory. */
export function tellHost(environment: Environment) {
  return {
    ...modelFor(environment, recall),
    historyManagement: { strategy: 'full' } as const,
    agents: [new Agent({ name: 'Host' })],
  };
}

function recall({ messages }: ModelRequest): string {
  if (messages.at(-1)?.content !== 'Who am I?') return 'Noted.';
  const name = messages.map(({ content }) => /My name is (\w+)/.exec(content)?.[1]).find(Boolean);
  return name === undefined ? 'I do not know.' : `You are ${name}.`;
}
