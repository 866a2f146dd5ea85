/** The options that a command was given, by their long names. */
export interface Options {
  readonly has: (name: string) => boolean;
  /** Whether an option that is on by itself was switched off with `--no-`. */
  readonly isOff: (name: string) => boolean;
  readonly text: (name: string) => string | null;
  readonly list: (name: string) => readonly string[];
}

/** Reads what commander parsed. */
export function makeOptions(values: Readonly<Record<string, unknown>>): Options {
  return {
    has: (name) => values[name] === true,
    isOff: (name) => values[name] === false,
    text: (name) => {
      const value = values[name];
      return typeof value === 'string' ? revealText(value) : null;
    },
    list: (name) => {
      const value = values[name];
      return Array.isArray(value) ? value.map((each) => revealText(String(each))) : [];
    },
  };
}

/** Marks an argument that is text although it begins like an option. */
const TEXT = '\u0001';

/** Keeps a goal such as `- one` from being taken for an option: what holds blanks and no `=` is text. */
export function disguiseText(argument: string): string {
  const isText = argument.startsWith('-') && /\s/.test(argument) && !/^--[\w-]+=/.test(argument);
  return isText ? `${TEXT}${argument}` : argument;
}

/** Gives a disguised argument back as it was typed. */
export function revealText(argument: string): string {
  return argument.startsWith(TEXT) ? argument.slice(TEXT.length) : argument;
}
