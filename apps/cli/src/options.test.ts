import { describe, expect, it } from 'vitest';
import { disguiseText, makeOptions, revealText } from './options.ts';

describe('text that begins like an option', () => {
  it.each(['- one\n- two', '- one', '-x is wrong', '--- \n'])('is kept as text: %j', (text) => {
    const disguised = disguiseText(text);
    expect(disguised.startsWith('-')).toBe(false);
    expect(revealText(disguised)).toBe(text);
    expect(makeOptions({ because: disguised, only: [disguised] }).text('because')).toBe(text);
  });

  it.each(['--json', '-', '--because=two words', 'plain text', '-V'])(
    'is an option, or plain: %j',
    (argument) => {
      expect(disguiseText(argument)).toBe(argument);
    },
  );
});
