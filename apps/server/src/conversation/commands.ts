/** What a person's message asks for: a goal, unless it begins with a slash or names a running task. */
export type ChatCommand =
  | { readonly kind: 'goal'; readonly text: string }
  | { readonly kind: 'steer'; readonly task: string; readonly text: string }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'status' }
  | { readonly kind: 'save' }
  | { readonly kind: 'help' }
  | { readonly kind: 'unknown'; readonly word: string };

/** What is said when somebody asks what can be said. */
export const HELP = [
  'Write a goal, and I make a plan of it: one task for each item of a list, `@agent` to choose who does it, `after: key` for what must come first.',
  '`/steer TASK text` tells a running agent something. `/save`, `/status`, `/pause`, `/resume` do what they say.',
].join('\n\n');

/** Reads a chat message. */
export function readCommand(text: string): ChatCommand {
  const [, word, rest] = /^\/(\w+)\s*([\s\S]*)$/.exec(text.trim()) ?? [];
  switch (word) {
    case undefined:
      return { kind: 'goal', text };
    case 'goal':
      return { kind: 'goal', text: rest ?? '' };
    case 'steer': {
      const [, task, more] = /^(\S+)\s+([\s\S]+)$/.exec(rest ?? '') ?? [];
      return task === undefined || more === undefined
        ? { kind: 'help' }
        : { kind: 'steer', task, text: more };
    }
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
