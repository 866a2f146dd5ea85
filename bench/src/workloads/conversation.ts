import type { MessageDraft } from '@thalogos/smalltalk';

/** How long a conversation is before anything is measured. */
export const CONVERSATION = 100;

/** One message of about 1.1 KB, user and agent in turn; the same for the same place. */
export function makeMessage(place: number): MessageDraft & { readonly content: string } {
  const words = Array.from({ length: 160 }, (_, at) => WORDS[(place * 31 + at * 17) % WORDS.length]);
  const content = `${String(place)}: ${words.join(' ')}`;
  return place % 2 === 0 ? { role: 'user', content } : { role: 'agent', agentName: 'writer', content };
}

/** A whole conversation of so many messages. */
export function makeConversation(count = CONVERSATION) {
  return Array.from({ length: count }, (_, place) => makeMessage(place));
}

const WORDS =
  'session river agent paper window branch letter merge answer garden morning signal harbour measure light'.split(
    ' ',
  );
