import { describe, expect, it } from 'vitest';
import { Agent } from '../agents/agent.ts';
import { ScriptedModel } from '../llm/scripted-model.ts';
import { SmallTalk } from '../small-talk.ts';
import type { LanguageModel, ModelRequest } from '../types/language-model.ts';
import { ModelError } from '../types/model-error.ts';
import type { Made } from './made.ts';
import { useSubject } from './use-subject.ts';

/** What a person heard after having said something. */
export type Heard =
  | {
      readonly kind: 'answered';
      /** What came before the whole, as it came. */
      readonly chunks: readonly string[];
      readonly response: string;
      readonly agentName: string;
      readonly isDegraded: boolean;
    }
  | { readonly kind: 'refused'; readonly error: string };

/** A person, or a program, at one interface: what the suite needs to be able to do there. */
export type Talker = {
  begin(): Promise<string>;
  say(sessionId: string, message: string): Promise<Heard>;
  /** Lets one agent answer everything, or with null the router; what is refused gives its reason. */
  choose(sessionId: string, agentName: string | null): Promise<string | undefined>;
  leave(): Promise<void>;
};

/** Adds an interface to a framework that runs, and brings people to it. */
export type OpenInterface = (talk: SmallTalk) => Promise<() => Promise<Talker>>;

type Stage = {
  readonly talk: SmallTalk;
  readonly model: ScriptedModel;
  /** Lets the answer go on that waits since somebody said "wait". */
  readonly release: () => void;
  readonly waiting: Promise<void>;
  readonly enter: () => Promise<Talker>;
};

/** What every interface has in common: which one is chosen changes nothing that an agent does. */
export function conversationInterfaceConformance(name: string, open: OpenInterface): void {
  describe(`${name}, as an interface`, () => {
    const stage = useSubject(() => makeStage(open));

    it('begins a session, says something and hears the agent', async () => {
      const ada = await stage().enter();
      const sessionId = await ada.begin();
      expect(await ada.say(sessionId, 'Hi')).toMatchObject({
        kind: 'answered',
        response: 'You said: Hi',
        agentName: 'Writer',
        isDegraded: false,
      });
      const session = await stage().talk.restoreSession(sessionId);
      expect(session?.conversationHistory.map((entry) => 'content' in entry && entry.content)).toEqual([
        'Hi',
        'You said: Hi',
      ]);
    });

    it('gives an answer as it comes: word by word, together the whole', async () => {
      const ada = await stage().enter();
      const heard = await ada.say(await ada.begin(), 'one two three');
      if (heard.kind === 'refused') throw new Error(heard.error);
      expect(heard.chunks.length).toBeGreaterThan(3);
      expect(heard.chunks.join('')).toBe('You said: one two three');
    });

    it('shows the agent what was said before, once', async () => {
      const ada = await stage().enter();
      const sessionId = await ada.begin();
      await ada.say(sessionId, 'I am Ada');
      await ada.say(sessionId, 'Who am I?');
      expect(shown(stage().model.requests.at(-1))).toEqual(['I am Ada', 'You said: I am Ada', 'Who am I?']);
    });

    it('goes on with a session by its id, whoever comes with it', async () => {
      const ada = await stage().enter();
      const sessionId = await ada.begin();
      await ada.say(sessionId, 'Remember blue');
      await ada.leave();
      const later = await stage().enter();
      await later.say(sessionId, 'And now?');
      expect(shown(stage().model.requests.at(-1))[0]).toBe('Remember blue');
    });

    it('keeps what two people say apart', async () => {
      const [ada, bob] = [await stage().enter(), await stage().enter()];
      const [hers, his] = [await ada.begin(), await bob.begin()];
      await ada.say(hers, 'I am Ada');
      await bob.say(his, 'I am Bob');
      expect(shown(stage().model.requests.at(-1))).toEqual(['I am Bob']);
    });

    it('apologises for an agent that fails, and answers the next message', async () => {
      const ada = await stage().enter();
      const sessionId = await ada.begin();
      expect(await ada.say(sessionId, 'fail')).toMatchObject({
        response: 'Writer could not answer (network). Your message is kept; send another one to try again.',
        isDegraded: true,
      });
      expect(await ada.say(sessionId, 'Again')).toMatchObject({
        response: 'You said: Again',
        isDegraded: false,
      });
    });

    it('lets a person choose who answers, until the choice is taken back', async () => {
      const ada = await stage().enter();
      const sessionId = await ada.begin();
      expect(await ada.choose(sessionId, 'Critic')).toBeUndefined();
      expect(await ada.say(sessionId, 'Hi')).toMatchObject({ agentName: 'Critic' });
      expect(await ada.say(sessionId, 'And on')).toMatchObject({ agentName: 'Critic' });
      expect(await ada.choose(sessionId, null)).toBeUndefined();
      expect(await ada.say(sessionId, '@Writer you')).toMatchObject({ agentName: 'Writer' });
      expect(await ada.choose(sessionId, 'Nobody')).toBe('Agent Nobody does not exist');
    });

    it('says why a session that is not there takes nothing', async () => {
      const ada = await stage().enter();
      const unknown = crypto.randomUUID();
      expect(await ada.say(unknown, 'Hi')).toEqual({
        kind: 'refused',
        error: `Session ${unknown} does not exist`,
      });
      const sessionId = await ada.begin();
      await ada.say(sessionId, 'Hi');
      await stage().talk.sessions.invalidateSession(sessionId);
      expect(await ada.say(sessionId, 'Still there?')).toMatchObject({ kind: 'refused' });
      expect(stage().model.requests).toHaveLength(1);
    });

    it('lets nothing through that moves a cursor or hides', async () => {
      const ada = await stage().enter();
      const heard = await ada.say(await ada.begin(), 'escape');
      if (heard.kind === 'refused') throw new Error(heard.error);
      expect([heard.response, heard.chunks.join('')]).toEqual(['<b>red</b>', '<b>red</b>']);
    });

    it('stops after the answer that is under way', async () => {
      const { talk, waiting, release, enter } = stage();
      const ada = await enter();
      const answer = ada.say(await ada.begin(), 'wait');
      await waiting;
      const stopped = talk.stop();
      release();
      expect(await answer).toMatchObject({ response: 'You said: wait' });
      expect(await stopped).toMatchObject({ failed: [] });
    });
  });
}

async function makeStage(open: OpenInterface): Promise<Made<Stage>> {
  const released = Promise.withResolvers<void>();
  const waiting = Promise.withResolvers<void>();
  const model = new ScriptedModel((request) => {
    const message = shown(request).at(-1) ?? '';
    if (message === 'fail') return new ModelError('network', 'No way to the model');
    return message === 'escape' ? '\u001B[31m<b>red</b>\u200B' : `You said: ${message}`;
  });
  const patient: LanguageModel = {
    async *stream(request) {
      if (shown(request).at(-1) === 'wait') {
        waiting.resolve();
        await released.promise;
      }
      yield* model.stream(request);
    },
  };
  const talk = new SmallTalk({
    languageModel: patient,
    environment: {},
    care: { retry: { maxAttempts: 1, firstDelayMs: 1, multiplier: 1, maxDelayMs: 1 } },
    log: { write: () => undefined },
    agents: ['Writer', 'Critic'].map((name) => new Agent({ name })),
  });
  await talk.start();
  const enterAs = await open(talk);
  const here: Talker[] = [];
  const enter = async () => {
    const talker = await enterAs();
    here.push(talker);
    return talker;
  };
  return {
    subject: { talk, model, release: released.resolve, waiting: waiting.promise, enter },
    dispose: async () => {
      released.resolve();
      await Promise.all(here.map((talker) => talker.leave()));
      await talk.stop();
    },
  };
}

/** What a model was shown of the conversation, without its system prompt. */
function shown(request: ModelRequest | undefined): string[] {
  return (request?.messages ?? []).map(({ content }) => content).slice(1);
}
