/** Whom a message speaks to by name: `@Writer …`, `ask Writer …`, `Writer, …`; the longest name that fits. */
export function findAddressed(message: string, names: readonly string[]): string | undefined {
  const said = message.trimStart().toLowerCase();
  return names
    .toSorted((one, other) => other.length - one.length)
    .find((name) => {
      const called = name.toLowerCase();
      return (
        [`@${called}`, `ask ${called}`, `hey ${called}`].some((start) => isStart(said, start)) ||
        [`${called},`, `${called}:`].some((start) => said.startsWith(start)) ||
        isMentioned(said, `@${called}`)
      );
    });
}

function isStart(text: string, start: string): boolean {
  return text.startsWith(start) && !/^[\p{L}\p{N}_-]/u.test(text.slice(start.length));
}

function isMentioned(text: string, mention: string): boolean {
  for (let at = text.indexOf(mention); at !== -1; at = text.indexOf(mention, at + 1))
    if ((at === 0 || /\s/.test(text[at - 1] ?? '')) && isStart(text.slice(at), mention)) return true;
  return false;
}
