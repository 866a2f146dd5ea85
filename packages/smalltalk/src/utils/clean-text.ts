/* eslint-disable no-control-regex -- control characters are what is looked for */
// What moves a cursor, hides text or turns its direction: escape sequences of terminals, control characters but tab and
// line break, zero-width and bidirectional marks, and Unicode's invisible copies of ASCII.
const ESCAPES = /\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)?|[@-Z\\-_])/gu;
const INVISIBLE =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF]|[\u{E0000}-\u{E007F}]/gu;
/* eslint-enable no-control-regex */

/** A text as a person would see it: without what is invisible, with plain line breaks. */
export function cleanText(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll('\r', '\n').replace(ESCAPES, '').replace(INVISIBLE, '');
}

/** A text of at most so many characters; what is left out is counted at its end. */
export function limitText(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text;
  const kept = text.slice(0, maxCharacters).replace(/[\uD800-\uDBFF]$/u, '');
  return `${kept}\n[${String(text.length - kept.length)} more characters left out]`;
}
