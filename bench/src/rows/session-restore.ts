import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { FileStorageAdapter, SessionManager, SessionSerializer } from '@thalogos/smalltalk';
import type { Comparison, Measures, Row } from '../harness/comparison.ts';
import { LangGraphSession } from '../peers/langgraph-sessions.ts';
import { CONVERSATION, makeConversation } from '../workloads/conversation.ts';
import { rounds } from '../workloads/sizes.ts';

const PLAIN = 'LangGraph’s SqliteSaver, plain objects';
const CLASSES = 'LangGraph’s SqliteSaver, its message classes';
const PARSE = 'JSON.parse of the same session';
const MS = 'ms a session';
const QUIET = { write: () => undefined };

/** Row 8: a conversation of a hundred messages from its file to objects. */
export const sessionRestore: Row = {
  number: 8,
  name: 'session-restore',
  comparisons: [
    async ({ size, scratch }): Promise<Comparison> => {
      const count = size === 'quick' ? 5 : 50;
      const { storage, id, text } = await storeOurs(join(scratch, 'ours'));
      const plain = new LangGraphSession(join(scratch, 'plain.db'), { asClasses: false });
      const classes = new LangGraphSession(join(scratch, 'classes.db'), { asClasses: true });
      for (const peer of [plain, classes]) await peer.add(makeConversation());
      return {
        workload: `${String(CONVERSATION)} messages, ${String(Math.round(text.length / 1024))} KB`,
        rounds: rounds(size, 9),
        seen: '1.24-1.8x; 2.6-3x; 12x; 16.7x',
        sides: [
          {
            name: 'thalogos, SmallTalk’s sessions',
            role: 'ours',
            run: () => repeatedly(count, () => restoreOurs(storage, id)),
          },
          { name: PLAIN, role: 'peer', run: () => repeatedly(count, () => plain.restore()) },
          { name: CLASSES, role: 'peer', run: () => repeatedly(count, () => classes.restore()) },
          { name: PARSE, role: 'limit', run: () => repeatedly(count, async () => parse(text)) },
        ],
        goals: [
          { kind: 'within', of: PARSE, atMost: 1.5, measure: MS },
          { kind: 'faster', than: PLAIN, atLeast: 2.5, measure: MS },
          { kind: 'faster', than: CLASSES, atLeast: 12, measure: MS },
          { kind: 'below', measure: MS, atMost: 100 },
        ],
        close: async () => {
          plain.close();
          classes.close();
          await storage.close();
        },
      };
    },
  ],
};

async function storeOurs(folder: string) {
  const storage = new FileStorageAdapter(folder);
  await storage.initialize();
  const manager = new SessionManager(storage, { log: QUIET });
  const session = await manager.createSession({ agentIds: ['writer'] });
  await Promise.all(makeConversation().map((message) => manager.addMessage(session.id, message)));
  await manager.close();
  return { storage, id: session.id, text: SessionSerializer.toJSON(session) };
}

/** A manager that knows nothing yet, as after a start. */
async function restoreOurs(storage: FileStorageAdapter, id: string): Promise<number> {
  const session = await new SessionManager(storage, { log: QUIET }).restoreSession(id);
  return session?.conversationHistory.length ?? 0;
}

function parse(text: string): number {
  const { conversationHistory } = JSON.parse(text) as { conversationHistory: readonly unknown[] };
  return conversationHistory.length;
}

async function repeatedly(count: number, restore: () => Promise<number>): Promise<Measures> {
  const start = performance.now();
  for (let at = 0; at < count; at += 1)
    if ((await restore()) !== CONVERSATION) throw new Error('Messages are missing');
  return { [MS]: (performance.now() - start) / count };
}
