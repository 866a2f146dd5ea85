import type { ChatMessage, Session } from '@thalogos/contracts';
import type { Actor } from '../access/role.ts';
import { Refusal } from '../platform/refusal.ts';
import { type Chat, GUIDE } from './chat.ts';
import { type ChatCommand, HELP, readCommand } from './commands.ts';
import type { ConversationCalls } from './conversation.api.ts';

/** What the chat can set in motion; each is the same use case that a button or a command calls. */
export interface ChatActions {
  /** Plans a goal, saying so in the chat itself. */
  state(session: Session, text: string, actor: Actor): Promise<void>;
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
  readonly actions: ChatActions;
}

interface Asked {
  readonly session: Session;
  readonly command: ChatCommand;
  readonly actor: Actor;
}

/** The calls on the chat. */
export function makeConversation({ chat, findSession, actions }: ConversationDeps): ConversationCalls {
  const require = (id: string): Session => {
    const session = findSession(id);
    if (session === null) throw new Refusal('not-found', `There is no session ${id}.`);
    return session;
  };
  return {
    messages: ({ session, before, limit }) => chat.page(session, { before, limit }),
    say: async ({ session: id, text }, actor) => {
      const session = require(id);
      const said = chat.post(
        { project: session.project, session: id, role: 'user', content: text },
        actor.name,
      );
      const reply = await answer(session, readCommand(text), actor);
      if (reply !== null) guideSays(session, reply);
      return said;
    },
  };

  function guideSays(session: Session, content: string): ChatMessage {
    return chat.post(
      { project: session.project, session: session.id, role: 'agent', agentName: GUIDE, content },
      GUIDE,
    );
  }

  async function answer(session: Session, command: ChatCommand, actor: Actor): Promise<string | null> {
    try {
      return await act(actions, { session, command, actor });
    } catch (cause) {
      // What a person may mend is said where they asked; a fault goes on to the one handler.
      if (!(cause instanceof Refusal)) throw cause;
      return cause.hint === null ? cause.message : `${cause.message} ${cause.hint}`;
    }
  }
}

async function act(actions: ChatActions, { session, command, actor }: Asked): Promise<string | null> {
  switch (command.kind) {
    case 'goal':
      await actions.state(session, command.text, actor);
      return null;
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
