/** Marks that turn the direction of what follows, have no width, or carry hidden letters; and controls but tab and line ends. */
const HIDDEN =
  // eslint-disable-next-line no-control-regex -- control characters are what is being shown
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
/** Marks on one letter, far more than any language has. */
const FLOOD = /(\p{M}{8})\p{M}+/gu;

/** A text whose hidden characters are written out, so that it says to a person what it says to a machine. */
export function showHidden(text: string): string {
  return text.replace(HIDDEN, nameOf).replace(FLOOD, '$1…');
}

/** A name of a file as one line, in which a line end or a tab is written out too. */
export function showName(name: string): string {
  return showHidden(name).replace(/[\t\n\r]/g, nameOf);
}

function nameOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}
