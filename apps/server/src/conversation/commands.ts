import { DiscussionAct } from '@thalogos/contracts';

/** What a person's message asks for: a goal, unless it begins with a slash or is plainly a question. */
export type ChatCommand =
  | { readonly kind: 'goal'; readonly text: string }
  /** A goal that a model is to plan. */
  | { readonly kind: 'plan'; readonly text: string }
  | { readonly kind: 'ask'; readonly text: string }
  | { readonly kind: 'discuss'; readonly roles: readonly string[]; readonly topic: string }
  | { readonly kind: 'discussion'; readonly act: DiscussionAct }
  | { readonly kind: 'steer'; readonly task: string; readonly text: string }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'status' }
  | { readonly kind: 'save' }
  | { readonly kind: 'help' }
  | { readonly kind: 'unknown'; readonly word: string };

/** What is said when somebody asks what can be said. */
export const HELP = [
  'Write a goal, and I make a plan of it: one task for each item of a list, `@agent` or `@role` to choose who does it, `after: key` for what must come first. `/plan` lets a model plan a goal in your own words; you look at the plan before it starts. Files and pictures that you attach go with the goal, and each agent is given them to read.',
  'Ask me something, with `/ask` or a question mark: what failed, what waits, who is at work, what the last Save held.',
  '`/discuss TOPIC` lets several roles talk about it (`/discuss @architect @security TOPIC` says which). What you say then is said to them; `/discuss pause`, `continue`, `stop` and `conclude` do what they say, the last one with a plan.',
  '`/steer TASK text` tells a running agent something. `/save`, `/status`, `/pause`, `/resume` do what they say.',
].join('\n\n');

/** Reads a chat message. */
export function readCommand(text: string): ChatCommand {
  const [, word, rest = ''] = /^\/(\w+)\s*([\s\S]*)$/.exec(text.trim()) ?? [];
  switch (word) {
    case undefined:
      return isQuestion(text) ? { kind: 'ask', text } : { kind: 'goal', text };
    case 'goal':
    case 'plan':
      return { kind: word, text: rest };
    case 'ask':
      return rest === '' ? { kind: 'help' } : { kind: 'ask', text: rest };
    case 'discuss':
      return readDiscuss(rest);
    case 'steer':
      return readSteer(rest);
    case 'pause':
    case 'resume':
    case 'status':
    case 'save':
    case 'help':
      return { kind: word };
    default:
      return { kind: 'unknown', word };
  }
}

function readDiscuss(rest: string): ChatCommand {
  const act = DiscussionAct.safeParse(rest.trim().toLowerCase());
  if (act.success) return { kind: 'discussion', act: act.data };
  const roles: string[] = [];
  let topic = rest;
  for (let next = ROLE.exec(topic); next !== null; next = ROLE.exec(topic)) {
    roles.push(next[1] ?? '');
    topic = topic.slice(next[0].length);
  }
  return topic.trim() === '' ? { kind: 'help' } : { kind: 'discuss', roles, topic: topic.trim() };
}

const ROLE = /^\s*@([\w-]+)[,:]?(?=\s|$)/;

function readSteer(rest: string): ChatCommand {
  const [, task, more] = /^(\S+)\s+([\s\S]+)$/.exec(rest) ?? [];
  return task === undefined || more === undefined ? { kind: 'help' } : { kind: 'steer', task, text: more };
}

const QUESTION =
  /^(?:and |so |but )?(?:what|which|who|whom|whose|when|where|why|how|is|are|was|were|did|does|do|has|have|any|anything|anybody)\b[^\n]{0,300}\?$/i;

/** A single line that begins as questions do and ends with their mark; "Can you …?" asks for work. */
function isQuestion(text: string): boolean {
  return QUESTION.test(text.trim());
}
