import { randomUUID } from 'node:crypto';
import { Attachment, ChatLink, type ChatMessage, type ProjectId } from '@thalogos/contracts';
import type { SqliteMessageStore, StoredMessage } from '@thalogos/smalltalk';
import { z } from 'zod';
import type { Clock } from '../platform/clock.ts';
import type { Recorder } from '../platform/recorder.ts';

/** Messages that are looked through for one. */
const LATELY = 500;

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
  /** Names of files that go with it. */
  readonly attachments?: readonly string[];
  /** The decision that it tells of. */
  readonly decision?: string;
}

/** The chat with the swarm: SmallTalk's conversation, one for each session. */
export interface Chat {
  /** Says something; the message and its event are one transaction. */
  post(post: Post, by: string): ChatMessage;
  /** One of the last messages by its id. */
  find(session: string, id: string): ChatMessage | null;
  /** A page of a session's messages, oldest first; the newest page by default. */
  page(session: string, page: { before?: number | undefined; limit: number }): readonly ChatMessage[];
}

/** What the chat needs. */
export interface ChatDeps {
  readonly store: SqliteMessageStore;
  readonly recorder: Recorder;
  readonly clock: Clock;
  /** Files of a project by name, kept from now on. */
  readonly takeAttachments: (project: ProjectId, ids: readonly string[]) => readonly Attachment[];
}

/** The chat on the server's database. */
export function makeChat({ store, recorder, clock, takeAttachments }: ChatDeps): Chat {
  return {
    post: ({ id = randomUUID(), project, session, role, content, agentName, ...about }, by) =>
      recorder.transact(() => {
        const { goal, task, decision, links = [] } = about;
        const attachments = takeAttachments(project, about.attachments ?? []);
        const metadata = {
          ...(goal === undefined ? {} : { goal }),
          ...(task === undefined ? {} : { task }),
          ...(decision === undefined ? {} : { decision }),
          ...(links.length === 0 ? {} : { links }),
          ...(attachments.length === 0 ? {} : { attachments }),
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
    find: (session, id) =>
      store
        .listSync(session, { limit: LATELY })
        .filter((message) => message.id === id)
        .map(toChatMessage)[0] ?? null,
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
    ...attachmentsOf(metadata?.['attachments']),
    ...decisionOf(metadata?.['decision']),
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function linksOf(value: unknown): Pick<ChatMessage, 'links'> {
  const parsed = Links.safeParse(value);
  return parsed.success ? { links: parsed.data } : {};
}

function attachmentsOf(value: unknown): Pick<ChatMessage, 'attachments'> {
  const parsed = Attachments.safeParse(value);
  return parsed.success ? { attachments: parsed.data } : {};
}

function decisionOf(value: unknown): Pick<ChatMessage, 'decision'> {
  return typeof value === 'string' ? { decision: value } : {};
}

const Links = z.array(ChatLink).min(1);
const Attachments = z.array(Attachment).min(1);
