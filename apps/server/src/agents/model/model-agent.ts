import { randomUUID } from 'node:crypto';
import type { LanguageModel } from '@thalogos/smalltalk';
import { makeDesk, type Reply } from './desk.ts';
import { playTurn, toMessage, type TurnEnd } from './play-turn.ts';
import type { Leave, ModelCommand, ModelLine } from './protocol.ts';
import type { KeptSession, SessionFile } from './session-file.ts';
import { toModelAgentError } from './to-agent-error.ts';
import { type Steering, withSteering } from './with-steering.ts';

/** What the agent needs of its process. */
export interface ModelAgentDeps {
  readonly cwd: string;
  /** A folder beside the worktree that it may read; null for none. */
  readonly files: string | null;
  readonly model: LanguageModel;
  readonly leave: Leave;
  readonly session: KeptSession;
  readonly file: SessionFile;
  readonly write: (line: ModelLine) => void;
}

/** The mind of the agent: one turn at a time, and a session that outlives its process. */
export class ModelAgent {
  readonly #deps: ModelAgentDeps;
  readonly #steering: Steering;
  readonly #replies = new Map<string, (reply: Reply) => void>();
  readonly #allowed = new Set<string>();
  #session: KeptSession;
  #turns = 0;
  #interruption = new AbortController();

  constructor(deps: ModelAgentDeps) {
    this.#deps = deps;
    this.#session = closed(deps.session);
    this.#steering = withSteering(deps.model);
  }

  obey(command: ModelCommand): void {
    switch (command.type) {
      case 'turn':
        void this.#play(command.text);
        return;
      case 'steer':
        this.#steering.hear(command.text);
        return;
      case 'answer':
        this.#replies.get(command.requestId)?.(command);
        return;
      case 'interrupt':
        this.#interruption.abort();
        return;
    }
  }

  async #play(text: string): Promise<void> {
    const { write } = this.#deps;
    this.#interruption = new AbortController();
    try {
      const end = await this.#answerAll(text);
      if (end.usage !== null) write({ type: 'usage', turn: end.usage });
      write({ type: 'turn.end', outcome: 'completed', ...(end.text === '' ? {} : { text: end.text }) });
    } catch (error) {
      if (this.#interruption.signal.aborted) write({ type: 'turn.end', outcome: 'interrupted' });
      else write({ type: 'turn.end', outcome: 'failed', error: toModelAgentError(error) });
    }
  }

  /** The message of the turn, and what was added so late that the model had ended its answer. */
  async #answerAll(text: string): Promise<TurnEnd> {
    let end = await this.#answer(text);
    for (let more = this.#steering.takeUnheard(); more.length > 0; more = this.#steering.takeUnheard())
      end = added(end, await this.#answer(more.join('\n')));
    return end;
  }

  async #answer(message: string): Promise<TurnEnd> {
    const { cwd, files, write, leave, file } = this.#deps;
    this.#turns += 1;
    const { history } = this.#session;
    const deeds: string[] = [];
    const keep = () => file.keep({ history, unfinished: { message, deeds } });
    await keep();
    const { signal } = this.#interruption;
    const desk = makeDesk({ cwd, files, turn: this.#turns, signal, write, replies: this.#replies });
    try {
      const end = await playTurn(message, {
        ...{ desk, leave, steering: this.#steering, allowed: this.#allowed },
        history: history.map(({ role, content, id }) => toMessage(role, content, id)),
        async onDeed(deed) {
          deeds.push(deed);
          await keep();
        },
      });
      await this.#remember(closed({ history, unfinished: { message, deeds } }, end.text));
      return end;
    } catch (error) {
      await this.#remember(closed({ history, unfinished: { message, deeds } }));
      throw error;
    }
  }

  async #remember(session: KeptSession): Promise<void> {
    this.#session = session;
    await this.#deps.file.keep(session);
  }
}

/** A session whose last turn is part of its history: with its answer, or else with what had been done. */
function closed({ history, unfinished }: KeptSession, answer?: string): KeptSession {
  if (unfinished === null) return { history, unfinished };
  const { message, deeds } = unfinished;
  const done = deeds.length === 0 ? 'nothing yet' : deeds.join('\n');
  const said = answer ?? `I was interrupted. What I had done:\n${done}`;
  const entry = (role: 'user' | 'agent', content: string) => {
    const { id, timestamp } = toMessage(role, content, randomUUID());
    return { id, role, content, timestamp };
  };
  return { history: [...history, entry('user', message), entry('agent', said)], unfinished: null };
}

function added(one: TurnEnd, other: TurnEnd): TurnEnd {
  if (one.usage === null || other.usage === null) return { text: other.text, usage: null };
  const usage = { input: one.usage.input + other.usage.input, output: one.usage.output + other.usage.output };
  return { text: other.text, usage };
}
