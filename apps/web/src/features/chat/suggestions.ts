/** One thing that the composer offers while typing. */
export interface Suggestion {
  /** What is put in the place of the word that was begun. */
  readonly insert: string;
  readonly does: string;
}

const COMMANDS: readonly Suggestion[] = [
  { insert: '/goal ', does: 'State a goal; its plan is shown before anything starts' },
  { insert: '/plan ', does: 'Let a model plan a goal; you look at the plan before it starts' },
  { insert: '/ask ', does: 'Ask about the work: what failed, what waits, what was saved' },
  { insert: '/discuss ', does: 'Let several roles talk about a topic' },
  { insert: '/steer ', does: 'Tell a running agent something: /steer TASK text' },
  { insert: '/save', does: 'Save what is approved' },
  { insert: '/status', does: 'Say where everything stands' },
  { insert: '/pause', does: 'Let nothing new start' },
  { insert: '/resume', does: 'Go on' },
  { insert: '/voice', does: 'Speak instead of typing; you look at the words before you send them' },
  { insert: '/help', does: 'Say what can be said' },
];

/** The word at the end of a text, as long as it begins a command or names an agent. */
function openWord(text: string): string | null {
  const command = /^\/\w*$/.exec(text);
  if (command !== null) return command[0];
  return /(?:^|\s)(@[\w-]*)$/.exec(text)?.[1] ?? null;
}

/** What fits the word that is being typed: commands at the start, agents after an `@`. */
export function suggest(
  text: string,
  agents: readonly { readonly name: string; readonly title: string }[],
): readonly Suggestion[] {
  const word = openWord(text);
  if (word === null) return [];
  const all = word.startsWith('/')
    ? COMMANDS
    : agents.map(({ name, title }) => ({ insert: `@${name} `, does: title }));
  return all.filter((one) => one.insert.startsWith(word) && one.insert.trim() !== word);
}

/** The text with the begun word replaced. */
export function takeSuggestion(text: string, chosen: Suggestion): string {
  return text.slice(0, text.length - (openWord(text)?.length ?? 0)) + chosen.insert;
}
