/** What becomes of the keys of a line. */
export interface LineInput {
  readonly echo: (text: string) => void;
  readonly submit: (line: string) => void;
  /** Ctrl-D on an empty line. */
  readonly end: () => void;
}

const PROMPT = '$ ';
const LONGEST = 4096;

/** Gathers keys into lines, as a terminal would: Backspace takes one back, Ctrl-C drops the line, Enter sends it. */
export function makeLineInput({ echo, submit, end }: LineInput): (keys: string) => void {
  let line = '';

  const press = (key: string) => {
    switch (key) {
      case '\r':
      case '\n':
        echo('\r\n');
        submit(line);
        line = '';
        echo(PROMPT);
        return;
      case '\u007f':
      case '\b':
        if (line === '') return;
        line = Array.from(line).slice(0, -1).join('');
        echo('\b \b');
        return;
      case '\u0003':
        line = '';
        echo(`^C\r\n${PROMPT}`);
        return;
      case '\u0004':
        if (line === '') end();
        return;
      default:
        // Arrows and other keys that are no letters mean nothing here.
        if (key < ' ' || line.length >= LONGEST) return;
        line += key;
        echo(key);
    }
  };

  return (keys) => {
    // eslint-disable-next-line no-control-regex -- the sequences of special keys begin with Escape
    for (const key of keys.replaceAll(/\u001b(?:\[[\d;]*[A-Za-z~]|O[A-Z])?/g, '')) press(key);
  };
}
