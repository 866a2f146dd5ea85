import { randomUUID } from 'node:crypto';
import { ChatLink, type ChatMessage, type ProjectId } from '@thalogos/contracts';
import type { SqliteMessageStore, StoredMessage } from '@thalogos/smalltalk';
import { z } from 'zod';
import type { Clock } from '../platform/clock.ts';
import type { Recorder } from '../platform/recorder.ts';

/** The voice of the swarm in the chat. */
export const GUIDE = 'Guide';

/** Something to be said in a session's chat. */
export interface Post {
  /** A UUID; saying something twice under the same one says it once. A new one when left out. */
  readonly id?: string;
  readonly project: ProjectId;
  readonly session: string;
  readonly role: ChatMessage['role'];
  readonly content: string;
  readonly agentName?: string;
  readonly goal?: string;
  readonly task?: string;
  /** What it names, looked up by us. */
  readonly links?: readonly ChatLink[];
}

/** The chat with the swarm: SmallTalk's conversation, one for each session. */
export interface Chat {
  /** Says something; the message and its event are one transaction. */
  post(post: Post, by: string): ChatMessage;
  /** A page of a session's messages, oldest first; the newest page by default. */
  page(session: string, page: { before?: number | undefined; limit: number }): readonly ChatMessage[];
}

/** What the chat needs. */
export interface ChatDeps {
  readonly store: SqliteMessageStore;
  readonly recorder: Recorder;
  readonly clock: Clock;
}

/** The chat on the server's database. */
export function makeChat({ store, recorder, clock }: ChatDeps): Chat {
  return {
    post: ({ id = randomUUID(), project, session, role, content, agentName, ...about }, by) =>
      recorder.transact(() => {
        const { goal, task, links = [] } = about;
        const metadata = {
          ...(goal === undefined ? {} : { goal }),
          ...(task === undefined ? {} : { task }),
          ...(links.length === 0 ? {} : { links }),
        };
        const draft = { id, role, content, timestamp: clock.now(), metadata };
        const stored = { ...draft, ...(agentName === undefined ? {} : { agentName }) };
        const message = toChatMessage({ ...stored, sequence: store.appendWithin(session, stored) });
        recorder.record({
          type: 'message.posted',
          project,
          session,
          task: task ?? null,
          by,
          data: { message },
        });
        return message;
      }),
    page: (session, { before, limit }) =>
      store.listSync(session, { limit, ...(before === undefined ? {} : { before }) }).map(toChatMessage),
  };
}

function toChatMessage({
  sequence,
  id,
  role,
  content,
  timestamp,
  agentName,
  metadata,
}: StoredMessage): ChatMessage {
  return {
    seq: sequence,
    id,
    role,
    content,
    at: timestamp,
    agentName: agentName ?? null,
    goal: textOf(metadata?.['goal']),
    task: textOf(metadata?.['task']),
    ...linksOf(metadata?.['links']),
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function linksOf(value: unknown): Pick<ChatMessage, 'links'> {
  const parsed = Links.safeParse(value);
  return parsed.success ? { links: parsed.data } : {};
}

const Links = z.array(ChatLink).min(1);
