import type { Discussion, DiscussionAct, Session } from '@thalogos/contracts';
import type { Recorder } from '../platform/recorder.ts';
import { Refusal } from '../platform/refusal.ts';
import { type Chat, GUIDE } from './chat.ts';
import { type DiscussionBounds, LiveDiscussion, type Speaker } from './discussion.ts';
import type { NamedModel } from './talk-deps.ts';

/** What discussions need. */
export interface DiscussionsDeps {
  readonly chat: Chat;
  readonly recorder: Recorder;
  readonly speakers: readonly Speaker[];
  readonly findModel: () => Promise<NamedModel>;
  readonly bounds?: Partial<DiscussionBounds>;
}

/** What a person did to a discussion: what the Guide says, and what is to be planned where it was concluded. */
export interface DiscussionAnswer {
  readonly says: string | null;
  readonly conclusion?: { readonly topic: string; readonly transcript: string };
}

/** Discussions in the chat, one at a time in each session; they end with the server. */
export interface Discussions {
  begin(session: Session, asked: { roles: readonly string[]; topic: string }): Promise<string>;
  /** What the Guide says where a discussion takes the words; null where none goes on. */
  hear(session: Session, text: string): { readonly says: string | null } | null;
  act(session: Session, act: DiscussionAct): Promise<DiscussionAnswer>;
  of(session: string): Discussion | null;
  close(): Promise<void>;
}

const BOUNDS: DiscussionBounds = { maxTurns: 0, maxTokens: 120_000, turnTokens: 500, turnMs: 90_000 };
const ROUNDS = 3;
const USUAL = ['architect', 'qa', 'security'];
const FEWEST = 2;
const MOST = 10;

/** The discussions of all sessions. */
export function makeDiscussions(deps: DiscussionsDeps): Discussions {
  const live = new Map<string, LiveDiscussion>();
  const openIn = (session: string): LiveDiscussion | null => {
    const found = live.get(session);
    return found === undefined || found.view.state === 'ended' ? null : found;
  };
  return {
    begin: async (session, { roles, topic }) => {
      if (openIn(session.id) !== null)
        throw new Refusal('wrong-state', 'A discussion goes on in this session.', {
          hint: 'End it first: `/discuss stop`.',
        });
      const speakers = chooseSpeakers(deps.speakers, roles.length === 0 ? USUAL : roles);
      const model = await deps.findModel();
      if (model.name === null)
        throw new Refusal('wrong-state', `Nobody can discuss without a model. ${model.because}`);
      const discussion = start(deps, { session, topic, speakers, model });
      live.set(session.id, discussion);
      await discussion.begin();
      const names = speakers.map(({ title }) => title).join(', ');
      return `${names} discuss it, by ${model.name}, in at most ${discussion.view.maxTurns} turns. What you say now is said to them.`;
    },
    hear: (session, text) => {
      const discussion = openIn(session.id);
      if (discussion === null) return null;
      return { says: HEARD[discussion.say(text)] };
    },
    act: async (session, act) => {
      const discussion = live.get(session.id);
      if (discussion === undefined || (act !== 'conclude' && discussion.view.state === 'ended'))
        throw new Refusal('wrong-state', 'No discussion goes on in this session.', {
          hint: 'Begin one: `/discuss TOPIC`.',
        });
      return carryOut(discussion, act);
    },
    of: (session) => live.get(session)?.view ?? null,
    close: async () => {
      for (const discussion of live.values()) discussion.stop('The server ended.');
      await Promise.all([...live.values()].map((discussion) => discussion.rested()));
    },
  };
}

const CONCLUDED = 'You concluded it.';

const HEARD = {
  said: null,
  paused: 'Paused. `/discuss continue` goes on, and so does anything you say.',
  stopped: null,
} as const;

async function carryOut(discussion: LiveDiscussion, act: DiscussionAct): Promise<DiscussionAnswer> {
  switch (act) {
    case 'pause':
      discussion.pause();
      return { says: HEARD.paused };
    case 'continue':
      discussion.resume();
      return { says: 'It goes on.' };
    case 'stop':
      discussion.stop('You ended it.');
      return { says: HEARD.stopped };
    case 'conclude': {
      discussion.stop(CONCLUDED);
      await discussion.rested();
      const { topic } = discussion.view;
      return {
        says: 'A plan is made of what was said.',
        conclusion: { topic, transcript: discussion.transcript() },
      };
    }
  }
}

function chooseSpeakers(all: readonly Speaker[], roles: readonly string[]): readonly Speaker[] {
  const names = [...new Set(roles)];
  const unknown = names.filter((name) => all.every((speaker) => speaker.name !== name));
  const known = `There are ${all.map(({ name }) => `@${name}`).join(', ')}.`;
  if (unknown.length > 0)
    throw new Refusal('bad-goal', `There is no role ${unknown.join(', ')}; nothing was begun.`, {
      hint: known,
    });
  if (names.length < FEWEST || names.length > MOST)
    throw new Refusal('bad-goal', `A discussion has ${FEWEST} to ${MOST} roles, not ${names.length}.`, {
      hint: known,
    });
  return names.flatMap((name) => all.find((speaker) => speaker.name === name) ?? []);
}

interface Begun {
  readonly session: Session;
  readonly topic: string;
  readonly speakers: readonly Speaker[];
  readonly model: Extract<NamedModel, { name: string }>;
}

function start({ chat, recorder, bounds }: DiscussionsDeps, begun: Begun): LiveDiscussion {
  const { project, id: session } = begun.session;
  const about = { project, session };
  const maxTurns = begun.speakers.length * ROUNDS;
  return new LiveDiscussion({
    ...begun,
    bounds: { ...BOUNDS, maxTurns, ...bounds },
    onSaid: ({ title }, content) =>
      void chat.post({ ...about, role: 'agent', agentName: title, content }, title),
    onMoved: (discussion) => {
      recorder.transact(() => {
        recorder.record({ ...about, type: 'discussion.moved', task: null, by: GUIDE, data: { discussion } });
        if (discussion.state !== 'ended') return;
        const next = discussion.reason === CONCLUDED ? '' : ' `/discuss conclude` makes a plan of it.';
        const content = `The discussion has ended. ${discussion.reason ?? ''}${next}`;
        chat.post({ ...about, role: 'agent', agentName: GUIDE, content }, GUIDE);
      });
    },
  });
}
