import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { makePrinter } from './printer.ts';

it('prints what an agent wrote without anything that a terminal would obey', async () => {
  const out = Object.assign(new PassThrough(), { isTTY: true });
  const printer = makePrinter({ isJson: false, out: asTerminal(out), err: asTerminal(new PassThrough()) });
  const text = 'a\u001b[31mred\u001b]0;title\u0007\u001b]8;;http://x\u0007\u009b2J\0\r\tend\n';
  await printer.result({ json: {}, text });
  expect(String(out.read())).toBe('a[31mred]0;title]8;;http://x2J\tend\n');
});

/** A stream that stands for a terminal, of which nothing but its writing is used. */
function asTerminal(stream: PassThrough): NodeJS.WriteStream {
  return stream as unknown as NodeJS.WriteStream;
}
