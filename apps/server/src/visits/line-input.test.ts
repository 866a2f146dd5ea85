import { describe, expect, it } from 'vitest';
import { makeLineInput } from './line-input.ts';

function typed(...keys: readonly string[]) {
  const lines: string[] = [];
  let screen = '';
  let hasEnded = false;
  const type = makeLineInput({
    echo: (text) => (screen += text),
    submit: (line) => lines.push(line),
    end: () => (hasEnded = true),
  });
  for (const key of keys) type(key);
  return { lines, screen, hasEnded };
}

describe('keys without a terminal', () => {
  it('become a line with Enter, and are shown as they are typed', () => {
    expect(typed('l', 's', '\r')).toEqual({ lines: ['ls'], screen: 'ls\r\n$ ', hasEnded: false });
  });

  it('are taken back one whole letter at a time', () => {
    expect(typed('a😀', '\u007f', 'b\r').lines).toEqual(['ab']);
    expect(typed('\u007f', '\r').lines).toEqual(['']);
  });

  it('are dropped with Ctrl-C, and mean nothing where they are no letters', () => {
    expect(typed('rm -r', '\u0003', 'ls\r').lines).toEqual(['ls']);
    expect(typed('\u001b[A', '\u001bOP', 'x\r').lines).toEqual(['x']);
  });

  it('end the shell with Ctrl-D on an empty line alone', () => {
    expect(typed('x', '\u0004').hasEnded).toBe(false);
    expect(typed('\u0004').hasEnded).toBe(true);
  });
});
