import type { ChatMessage, Decision } from '@thalogos/contracts';

/** One thing in the list of the chat. */
export type ChatEntry =
  | { readonly kind: 'message'; readonly key: string; readonly message: ChatMessage }
  /** A decision where it was asked, as it stands now. */
  | { readonly kind: 'decision'; readonly key: string; readonly decision: Decision }
  /** What the Guide told of one task, oldest first. */
  | {
      readonly kind: 'news';
      readonly key: string;
      readonly task: string;
      readonly messages: readonly ChatMessage[];
    };

const GUIDE = 'guide';

type News = Extract<ChatEntry, { kind: 'news' }>;

/**
 * What the chat shows of its messages: the Guide's news of one task are gathered, until somebody says something.
 *
 * Gathered news stand where the newest of them was told, so that what is new is at the end.
 */
export function chatEntries(
  messages: readonly ChatMessage[],
  decisions: readonly Decision[],
): readonly ChatEntry[] {
  const asked = new Map(decisions.map((decision) => [decision.id, decision]));
  const entries: ChatEntry[] = [];
  let since = 0;
  for (const message of messages) {
    const decision = message.decision === undefined ? undefined : asked.get(message.decision);
    if (decision !== undefined) entries.push({ kind: 'decision', key: message.id, decision });
    else if (isNews(message)) entries.push(gather(entries, since, message));
    else {
      entries.push({ kind: 'message', key: message.id, message });
      since = entries.length;
    }
  }
  return entries;
}

/** Takes the news of the same task out of its old place, if there is one since then. */
function gather(entries: ChatEntry[], since: number, message: ChatMessage & { readonly task: string }): News {
  const at = entries.findIndex(
    (entry, index) => index >= since && entry.kind === 'news' && entry.task === message.task,
  );
  const before = at === -1 ? undefined : entries.splice(at, 1)[0];
  const earlier = before?.kind === 'news' ? before : null;
  return {
    kind: 'news',
    key: earlier?.key ?? message.id,
    task: message.task,
    messages: [...(earlier?.messages ?? []), message],
  };
}

function isNews(message: ChatMessage): message is ChatMessage & { readonly task: string } {
  return message.role === 'agent' && message.agentName?.toLowerCase() === GUIDE && message.task !== null;
}

/** What became of a decision, in a sentence. */
export function outcomeWords({ state, answer, answeredBy, options }: Decision): string {
  const label = options.find(({ id }) => id === answer)?.label ?? answer ?? '';
  switch (state) {
    case 'open':
      return 'Waits for you.';
    case 'answered':
      return answeredBy === null ? `Answered: ${label}` : `${answeredBy} answered: ${label}`;
    case 'defaulted':
      return `Nobody answered in time, so: ${label}`;
    case 'expired':
      return 'Nobody answered in time.';
    case 'withdrawn':
      return 'Nobody waits for an answer any more.';
  }
}
