import { describe, expect, it } from 'vitest';
import { showHidden, showName } from './show-hidden.ts';

describe('a text with hidden characters', () => {
  it('says where its direction turns', () => {
    expect(showHidden('if (isAdmin\u202e \u2066// check\u2069)')).toBe(
      'if (isAdmin⟨U+202E⟩ ⟨U+2066⟩// check⟨U+2069⟩)',
    );
  });

  it('says what has no width, what controls, and what carries hidden letters', () => {
    expect(showHidden('pay\u200bpal\u0007\u00ad\ufeff \u{e0041}')).toBe(
      'pay⟨U+200B⟩pal⟨U+0007⟩⟨U+00AD⟩⟨U+FEFF⟩ ⟨U+E0041⟩',
    );
  });

  it('is one line where it is a name', () => {
    expect(showName('two\nlines\t\u202egnp.exe')).toBe('two⟨U+000A⟩lines⟨U+0009⟩⟨U+202E⟩gnp.exe');
  });

  it('stops piling marks on one letter', () => {
    expect(showHidden(`Z${'\u0301'.repeat(5_000)}a`)).toBe(`Z${'\u0301'.repeat(8)}…a`);
  });

  it.each(['a\tb\r\nc', 'שלום עולם', 'नमस्ते', 'é e\u0301', '👩‍👩‍👧‍👦 🏴‍☠️ 👍🏽', 'न\u094d\u200dय'])(
    'is left alone where nothing is hidden: %j',
    (text) => {
      expect(showHidden(text)).toBe(text);
    },
  );
});
