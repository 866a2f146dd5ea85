import { randomUUID } from 'node:crypto';
import type { Discussion, Session } from '@thalogos/contracts';
import { Agent, GroupConversationManager, type LanguageModel, readInterruption } from '@thalogos/smalltalk';

/** A point of view that speaks: its name, how people see it written, and what it speaks from. */
export interface Speaker {
  readonly name: string;
  readonly title: string;
  readonly brief: string;
}

/** How much one discussion may be. */
export interface DiscussionBounds {
  readonly maxTurns: number;
  readonly maxTokens: number;
  /** Of one turn. */
  readonly turnTokens: number;
  readonly turnMs: number;
}

/** What a discussion is made of, and who hears of it. */
export interface DiscussionParts {
  readonly session: Session;
  readonly topic: string;
  readonly speakers: readonly Speaker[];
  readonly model: { readonly name: string; readonly model: LanguageModel };
  readonly bounds: DiscussionBounds;
  /** What somebody has said. */
  readonly onSaid: (speaker: Speaker, text: string) => void;
  /** Where it stands, whenever that has changed. */
  readonly onMoved: (discussion: Discussion) => void;
}

const RULES =
  'You talk with others who take other points of view on the same work, and with the person whose work it is. Speak from yours alone. At most 120 words, plain text, one or two points. Answer what was said: agree or disagree and say why, or add what is missing; repeat nothing. When there is nothing left to add, say so in one sentence. You have no tools and see no files.';

const NEXT = 'It is your turn. What do you say to this from your point of view?';

/**
 * Several roles on one topic, as a group of SmallTalk's, one turn after another until its bounds are reached.
 *
 * A person may speak at any time and is answered next; a pause lets the turn under way end, a stop breaks it off.
 */
export class LiveDiscussion {
  readonly #parts: DiscussionParts;
  readonly #groups: GroupConversationManager;
  readonly #stopping = new AbortController();
  readonly #words: string[] = [];
  #group = '';
  #going: Promise<void> = Promise.resolve();
  #trouble: string | null = null;
  #now: Discussion;

  constructor(parts: DiscussionParts) {
    const { session, topic, speakers, model, bounds } = parts;
    this.#parts = parts;
    this.#groups = new GroupConversationManager({
      agentTimeoutMs: bounds.turnMs,
      log: { write: () => undefined },
    });
    this.#now = {
      ...{ id: randomUUID(), session: session.id, topic, model: model.name },
      roles: speakers.map(({ name }) => name),
      ...{ state: 'speaking', speaker: null, turns: 0, tokens: 0, reason: null },
      ...{ maxTurns: bounds.maxTurns, maxTokens: bounds.maxTokens },
    };
  }

  get view(): Discussion {
    return this.#now;
  }

  /** What was said so far, for whoever plans what comes of it. */
  transcript(): string {
    const said = this.#groups.getConversation(this.#group)?.conversationHistory ?? [];
    return said.map(({ agentName, content }) => `${agentName ?? 'The person'}: ${content}`).join('\n\n');
  }

  async begin(): Promise<void> {
    const agents = this.#parts.speakers.map((speaker) => this.#toAgent(speaker));
    this.#group = (await this.#groups.createGroup(agents)).id;
    this.#words.push(this.#parts.topic);
    this.#go();
  }

  /** A person says something: to everybody, or "stop" and "wait" to what goes on. */
  say(text: string): 'said' | 'paused' | 'stopped' {
    const wish = readInterruption(text, [], 'low')?.kind;
    if (wish === 'STOP') {
      this.stop('You ended it.');
      return 'stopped';
    }
    if (wish === 'PAUSE') {
      this.pause();
      return 'paused';
    }
    this.#words.push(text);
    this.resume();
    return 'said';
  }

  pause(): void {
    if (this.#now.state === 'speaking') this.#move({ state: 'paused', reason: 'You paused it.' });
  }

  resume(): void {
    if (this.#now.state !== 'paused') return;
    this.#move({ state: 'speaking', reason: null });
    this.#go();
  }

  stop(reason: string): void {
    if (this.#now.state === 'ended') return;
    this.#end(reason);
    this.#stopping.abort();
  }

  /** Settles when nobody speaks any more. */
  rested(): Promise<void> {
    return this.#going;
  }

  /** Goes on after whatever is under way: a loop that was told to rest may not have come to it yet. */
  #go(): void {
    this.#going = this.#going
      .then(() => this.#speak())
      .catch((cause: unknown) =>
        this.#end(`It broke off: ${cause instanceof Error ? cause.message : String(cause)}`),
      );
  }

  async #speak(): Promise<void> {
    const { maxTurns, maxTokens } = this.#parts.bounds;
    while (this.#now.state === 'speaking') {
      if (this.#now.turns >= maxTurns) return this.#end(`It has had its ${maxTurns} turns.`);
      if (this.#now.tokens >= maxTokens) return this.#end(`It has used its ${maxTokens} tokens.`);
      this.#trouble = null;
      const next = await this.#groups.selectSpeaker(this.#group);
      this.#move({ speaker: next.agentId });
      const said = await this.#turn();
      if (this.#isEnded()) return;
      if (said === undefined) return this.#end(`Nobody could speak. ${this.#trouble ?? ''}`.trim());
      const speaker = this.#parts.speakers.find(({ title }) => title === said.agentName);
      this.#move({ turns: this.#now.turns + 1, speaker: null });
      if (speaker !== undefined) this.#parts.onSaid(speaker, said.content);
    }
  }

  /** A person's words come before the next turn of the round. */
  async #turn() {
    const words = this.#words.splice(0).join('\n\n');
    if (words !== '') return (await this.#groups.handleMessage(this.#group, words))[0];
    await this.#groups.addTask(this.#group, { description: NEXT });
    return (await this.#groups.runWorkflow(this.#group))[0];
  }

  #toAgent({ title, brief }: Speaker): Agent {
    const systemPrompt = `${brief}\n\n${RULES}\n\nThe topic: ${this.#parts.topic}`;
    const maxTokens = this.#parts.bounds.turnTokens;
    return new Agent({ name: title, systemPrompt, maxTokens }, { model: this.#counted() });
  }

  /** The model, counted and broken off with the discussion. */
  #counted(): LanguageModel {
    const { model } = this.#parts.model;
    const stopped = this.#stopping.signal;
    const count = (tokens: number) => {
      this.#now = { ...this.#now, tokens: this.#now.tokens + tokens };
    };
    const note = (cause: unknown) => {
      this.#trouble = cause instanceof Error ? cause.message : String(cause);
    };
    return {
      async *stream(request) {
        const signal = request.signal === undefined ? stopped : AbortSignal.any([request.signal, stopped]);
        try {
          for await (const part of model.stream({ ...request, signal })) {
            if (part.type === 'end') count(part.usage.inputTokens + part.usage.outputTokens);
            yield part;
          }
        } catch (cause) {
          note(cause);
          throw cause;
        }
      },
    };
  }

  #isEnded(): boolean {
    return this.#now.state === 'ended';
  }

  #end(reason: string): void {
    if (!this.#isEnded()) this.#move({ state: 'ended', speaker: null, reason });
  }

  #move(to: Partial<Discussion>): void {
    this.#now = { ...this.#now, ...to };
    this.#parts.onMoved(this.#now);
  }
}
