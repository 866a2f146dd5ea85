import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { FileStorageAdapter, SessionManager } from '@thalogos/smalltalk';
import type { Comparison, Measures, Row, Side } from '../harness/comparison.ts';
import { LangGraphSession } from '../peers/langgraph-sessions.ts';
import { CONVERSATION, makeConversation, makeMessage } from '../workloads/conversation.ts';
import { rounds } from '../workloads/sizes.ts';

const LANGGRAPH = 'LangGraph’s SqliteSaver';
const MS = 'ms a message';
const KB = 'KB written a message';
const QUIET = { write: () => undefined };

/** Something that stores a conversation, open for one round. */
type Store = {
  readonly files: readonly string[];
  readonly add: (message: ReturnType<typeof makeMessage>) => Promise<unknown>;
  readonly close: () => Promise<void>;
};

/** Row 7: one more message in a conversation of a hundred. */
export const sessionSave: Row = {
  number: 7,
  name: 'session-save',
  comparisons: [
    async ({ size, scratch }): Promise<Comparison> => {
      const count = size === 'quick' ? 5 : 20;
      const side = toSide(scratch, count);
      return {
        workload: `${String(count)} messages, one by one, after ${String(CONVERSATION)}; WAL, synchronous=NORMAL for all`,
        rounds: rounds(size, 9),
        seen: '10-27x, 11.8x; 3.7-5x',
        sides: [
          side('thalogos, SmallTalk’s sessions', 'ours', (folder) => openOurs(folder, 'normal')),
          side(LANGGRAPH, 'peer', (folder) => openLangGraph(folder, false)),
          side(`${LANGGRAPH}, its message classes`, 'peer', (folder) => openLangGraph(folder, true)),
        ],
        goals: [
          { kind: 'faster', than: LANGGRAPH, atLeast: 10, measure: MS },
          { kind: 'faster', than: LANGGRAPH, atLeast: 10, measure: KB },
        ],
        notes: () => [
          'Mastra’s LibSQL store is not measured: its packages would add 159 MB and 167 packages to every install.',
        ],
        close: async () => undefined,
      };
    },
    async ({ size, scratch }): Promise<Comparison> => {
      const side = toSide(scratch, size === 'quick' ? 5 : 20);
      return {
        workload: 'the same, on the disk before it is acknowledged (synchronous=FULL)',
        rounds: rounds(size, 9),
        seen: 'the goal is the seeds’',
        sides: [side('thalogos, SmallTalk’s sessions', 'ours', (folder) => openOurs(folder, 'full'))],
        goals: [{ kind: 'below', measure: MS, atMost: 50 }],
        close: async () => undefined,
      };
    },
  ],
};

/** Each round begins with a new file that holds the conversation. */
function toSide(scratch: string, count: number) {
  return (name: string, role: Side['role'], open: (folder: string) => Promise<Store>): Side => {
    let store: Store | undefined;
    return {
      name,
      role,
      prepare: async (round) => {
        const folder = join(scratch, `${name.replaceAll(/[^a-z]/gi, '')}-${String(round)}`);
        mkdirSync(folder, { recursive: true });
        store = await open(folder);
      },
      run: async () => {
        if (store === undefined) throw new Error(`${name} was not prepared`);
        const measures = await addAll(store, count);
        await store.close();
        return measures;
      },
    };
  };
}

async function addAll(store: Store, count: number): Promise<Measures> {
  const messages = Array.from({ length: count }, (_, place) => makeMessage(CONVERSATION + place));
  const before = sizeOf(store.files);
  const start = performance.now();
  for (const message of messages) await store.add(message);
  const ms = performance.now() - start;
  return { [MS]: ms / count, [KB]: (sizeOf(store.files) - before) / 1024 / count };
}

/** The log that is written before the database: nothing is moved out of it while so little is written. */
function sizeOf(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + statSync(file).size, 0);
}

async function openOurs(folder: string, synchronous: 'normal' | 'full'): Promise<Store> {
  const storage = new FileStorageAdapter(folder);
  await storage.initialize({ options: { synchronous } });
  const manager = new SessionManager(storage, { log: QUIET });
  const session = await manager.createSession({ agentIds: ['writer'] });
  await Promise.all(makeConversation().map((message) => manager.addMessage(session.id, message)));
  return {
    files: [join(folder, 'smalltalk.db-wal')],
    add: (message) => manager.addMessage(session.id, message),
    close: async () => {
      await manager.close();
      await storage.close();
    },
  };
}

async function openLangGraph(folder: string, asClasses: boolean): Promise<Store> {
  const file = join(folder, 'langgraph.db');
  const session = new LangGraphSession(file, { asClasses });
  await session.add(makeConversation());
  return {
    files: [`${file}-wal`],
    add: (message) => session.add([message]),
    close: async () => session.close(),
  };
}
