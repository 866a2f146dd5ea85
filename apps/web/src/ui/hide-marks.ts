/** A mark of the scripted agent, such as `[[say done]]`; a `]` inside quotes does not end it. */
const MARK = /\[\[[a-z]+(?:\s(?:"(?:[^"\\]|\\.)*"|(?!\]\]|")[\s\S])*)?\]\]/g;

/** A text without the steps that are written in it for the scripted agent; unchanged where there are none. */
export function hideMarks(text: string): string {
  if (!text.includes('[[')) return text;
  return text
    .replace(MARK, '')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{2,}(?=[ \t]*[-*] )/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
