import { AIMessage, HumanMessage } from '@langchain/core/messages';
import { emptyCheckpoint, uuid6 } from '@langchain/langgraph-checkpoint';
import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite';
import { openDatabase } from '../../../apps/server/src/platform/database.ts';
import type { makeConversation } from '../workloads/conversation.ts';

type Said = ReturnType<typeof makeConversation>[number];

/** A conversation in LangGraph's SqliteSaver: as in its graphs, each save is a checkpoint with the whole conversation. */
export class LangGraphSession {
  readonly #saver: SqliteSaver;
  readonly #asClasses: boolean;
  readonly #close: () => void;
  #messages: unknown[] = [];
  #step = 0;
  #parent: string | undefined;

  constructor(file: string, { asClasses }: { asClasses: boolean }) {
    const database = openDatabase({ file, durability: 'NORMAL', migrations: [] });
    this.#saver = new SqliteSaver(database);
    this.#asClasses = asClasses;
    this.#close = () => database.close();
  }

  async add(messages: readonly Said[]): Promise<void> {
    this.#messages = [...this.#messages, ...messages.map((said) => this.#toMessage(said))];
    this.#step += 1;
    const id = uuid6(this.#step);
    const checkpoint = {
      ...emptyCheckpoint(),
      id,
      channel_values: { messages: this.#messages },
      channel_versions: { messages: this.#step },
    };
    const configurable = {
      thread_id: 'conversation',
      checkpoint_ns: '',
      ...(this.#parent && { checkpoint_id: this.#parent }),
    };
    await this.#saver.put({ configurable }, checkpoint, { source: 'loop', step: this.#step, parents: {} });
    this.#parent = id;
  }

  /** How many messages were read back. */
  async restore(): Promise<number> {
    const tuple = await this.#saver.getTuple({
      configurable: { thread_id: 'conversation', checkpoint_ns: '' },
    });
    const messages = tuple?.checkpoint.channel_values['messages'];
    return Array.isArray(messages) ? messages.length : 0;
  }

  close(): void {
    this.#close();
  }

  #toMessage(said: Said): unknown {
    if (!this.#asClasses) return said;
    return said.role === 'user' ? new HumanMessage(said.content) : new AIMessage(said.content);
  }
}
