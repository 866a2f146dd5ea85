import type { ChatMessage, Decision, Discussion, SayInput, Session } from '@thalogos/contracts';
import type { Actor } from '../access/role.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Background } from './background.ts';
import { type Chat, GUIDE } from './chat.ts';
import { type ChatCommand, HELP, readCommand } from './commands.ts';
import type { ConversationCalls } from './conversation.api.ts';
import type { Discussions } from './discussions.ts';
import { PLANS_LATER } from './recover-talk.ts';

/** A goal that is typed in the chat, and what was said before it where it comes of a discussion. */
export interface ChatGoal {
  readonly text: string;
  /** Whether a model is to plan it. */
  readonly byModel: boolean;
  /** Names of files that go with it. */
  readonly attachments?: readonly string[] | undefined;
  readonly background?: string;
  readonly signal?: AbortSignal;
}

/** What the chat can set in motion; each is the same use case that a button or a command calls. */
export interface ChatActions {
  /** Plans a goal, saying so in the chat itself. */
  state(session: Session, goal: ChatGoal, actor: Actor): Promise<void>;
  /** Whether a goal goes to a model without a person saying so: that takes its time. */
  goesToModel(text: string): boolean;
  /** Answers a question in the chat itself. */
  ask(session: Session, question: string): Promise<void>;
  steer(task: string, text: string, actor: Actor): Promise<void>;
  save(project: string, actor: Actor): Promise<void>;
  pause(project: string, actor: Actor): void;
  resume(project: string, actor: Actor): void;
  /** One sentence on where everything stands. */
  status(project: string): string;
}

/** What the conversation needs. */
export interface ConversationDeps {
  readonly chat: Chat;
  readonly findSession: (session: string) => Session | null;
  readonly findDecision: (decision: string) => Decision;
  readonly actions: ChatActions;
  readonly discussions: Discussions;
  readonly background: Background;
}

interface Asked {
  readonly session: Session;
  readonly command: ChatCommand;
  readonly attachments?: readonly string[] | undefined;
  readonly actor: Actor;
}

/** The calls on the chat. */
export function makeConversation(deps: ConversationDeps): ConversationCalls {
  const { chat, findSession, discussions } = deps;
  const require = (id: string): Session => {
    const session = findSession(id);
    if (session === null) throw new Refusal('not-found', `There is no session ${id}.`);
    return session;
  };
  return {
    messages: ({ session, before, limit }) => chat.page(session, { before, limit }),
    decisions: (messages) => {
      const told = messages.flatMap(({ decision }) => (decision === undefined ? [] : [decision]));
      return [...new Set(told)].map(deps.findDecision);
    },
    say: async (input, actor) => say(deps, { session: require(input.session), input, actor }),
    discussion: discussions.of,
    discuss: async ({ session: id, act }, actor) => {
      const session = require(id);
      const says = await actOnDiscussion(deps, { session, actor }, act);
      await guideSays(deps, session, () => says);
      return discussions.of(id);
    },
  };
}

interface Said {
  readonly session: Session;
  readonly input: SayInput;
  readonly actor: Actor;
}

/** Says what a person typed, then does it; what was said already under the same name is not done again. */
async function say(deps: ConversationDeps, { session, input, actor }: Said): Promise<ChatMessage> {
  const { chat, discussions } = deps;
  const { text, attachments, once } = input;
  const before = once === undefined ? null : chat.find(session.id, once);
  if (before !== null) return before;
  const isCommand = text.trim().startsWith('/');
  const command = readCommand(text);
  if (attachments !== undefined && attachments.length > 0)
    assertTakesFiles(command, !isCommand && isSpeaking(discussions.of(session.id)));
  const { project } = session;
  const post = { project, session: session.id, role: 'user', content: text } as const;
  const said = chat.post(
    {
      ...post,
      ...(once === undefined ? {} : { id: once }),
      ...(attachments === undefined ? {} : { attachments }),
    },
    actor.name,
  );
  const heard = isCommand ? null : discussions.hear(session, text);
  const act =
    heard === null ? () => answer(deps, { session, command, attachments, actor }) : () => heard.says;
  await guideSays(deps, session, act);
  return said;
}

function isSpeaking(discussion: Discussion | null): boolean {
  return discussion !== null && discussion.state !== 'ended';
}

/** Files are for the agents of a goal; everything else has nobody who would read them. */
function assertTakesFiles({ kind }: ChatCommand, isDiscussed: boolean): void {
  if ((kind === 'goal' || kind === 'plan') && !isDiscussed) return;
  throw new Refusal('usage', 'Files go with a goal, and this is not one; nothing was said.', {
    hint: isDiscussed
      ? 'A discussion is going on: begin with /goal.'
      : 'Take the files away, or state a goal.',
  });
}

type Says = () => Promise<string | null> | string | null;

/** Says in the chat what came of something; what a person may mend is said where they asked. */
async function guideSays(
  { chat }: ConversationDeps,
  session: Session,
  act: Says,
): Promise<ChatMessage | null> {
  const content = await sayOrRefuse(act);
  if (content === null) return null;
  const { project, id } = session;
  return chat.post({ project, session: id, role: 'agent', agentName: GUIDE, content }, GUIDE);
}

async function sayOrRefuse(act: Says): Promise<string | null> {
  try {
    return await act();
  } catch (cause) {
    // A fault goes on to the one handler.
    if (!(cause instanceof Refusal)) throw cause;
    return cause.hint === null ? cause.message : `${cause.message} ${cause.hint}`;
  }
}

async function answer(
  deps: ConversationDeps,
  { session, command, attachments, actor }: Asked,
): Promise<string | null> {
  const { actions, discussions } = deps;
  switch (command.kind) {
    case 'goal':
      if (actions.goesToModel(command.text))
        return planLater(deps, { session, actor }, { ...command, attachments });
      await actions.state(session, { text: command.text, byModel: false, attachments }, actor);
      return null;
    case 'plan':
      return command.text.trim() === ''
        ? HELP
        : planLater(deps, { session, actor }, { ...command, attachments });
    case 'ask':
      await actions.ask(session, command.text);
      return null;
    case 'discuss':
      return discussions.begin(session, command);
    case 'discussion':
      return actOnDiscussion(deps, { session, actor }, command.act);
    default:
      return act(actions, { session, command, actor });
  }
}

type Where = Pick<Asked, 'session' | 'actor'>;

/** A model takes its time; the chat goes on meanwhile, and the plan is shown in it. */
function planLater(
  deps: ConversationDeps,
  { session, actor }: Where,
  goal: Pick<ChatGoal, 'text' | 'background' | 'attachments'>,
): string {
  deps.background.start(async (signal) => {
    const { text, background, attachments } = goal;
    const wish = {
      text,
      byModel: true,
      attachments,
      signal,
      ...(background === undefined ? {} : { background }),
    };
    await guideSays(deps, session, async () => {
      await deps.actions.state(session, wish, actor);
      return null;
    });
  });
  return PLANS_LATER;
}

async function actOnDiscussion(
  deps: ConversationDeps,
  where: Where,
  act: Extract<ChatCommand, { kind: 'discussion' }>['act'],
): Promise<string | null> {
  const { says, conclusion } = await deps.discussions.act(where.session, act);
  if (conclusion === undefined) return says;
  const { topic, transcript } = conclusion;
  return planLater(deps, where, { text: topic, background: transcript });
}

type Simple = Exclude<ChatCommand, { kind: 'goal' | 'plan' | 'ask' | 'discuss' | 'discussion' }>;

async function act(
  actions: ChatActions,
  { session, command, actor }: Omit<Asked, 'command'> & { readonly command: Simple },
): Promise<string | null> {
  switch (command.kind) {
    case 'steer':
      await actions.steer(command.task, command.text, actor);
      return 'Told.';
    case 'save':
      await actions.save(session.project, actor);
      return 'Saving.';
    case 'pause':
      actions.pause(session.project, actor);
      return 'Paused: nothing new starts; agents at work go on to the end of their turn.';
    case 'resume':
      actions.resume(session.project, actor);
      return 'Resumed.';
    case 'status':
      return actions.status(session.project);
    case 'help':
      return HELP;
    case 'unknown':
      return `I don't know /${command.word}. ${HELP}`;
  }
}
