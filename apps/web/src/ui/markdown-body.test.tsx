import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { isReadableMarkdown } from './is-readable-markdown.ts';
import { MarkdownBody } from './markdown-body.tsx';

const drawn = (text: string) => renderToStaticMarkup(<MarkdownBody text={text} />);

describe('markdown of an agent', () => {
  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg/onload=alert(1)>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<style>*{display:none}</style>',
    '<meta http-equiv=refresh content="0;url=https://example.org">',
    '<base href="https://example.org/">',
    '<form action="https://example.org"><button>Sign in</button></form>',
    '![beacon](https://example.org/beacon.png)',
    '![b][r]\n\n[r]: https://example.org/b.png',
    '[a](javascript:alert(1)) [b](data:text/html,x) [c](vbscript:x) [d](file:///etc/passwd) [e](//example.org)',
    '[a]( java\tscript:alert(1)) [b](&#106;avascript:alert(1)) <javascript:alert(1)>',
    '[a][r]\n\n[r]: javascript:alert(1) "x"',
  ])('asks nothing of a browser: %s', (text) => {
    expect(drawn(text)).not.toMatch(/<(?!\/?(?:p|span|br|h2|code)\b)|<[^>]*\b(?:href|src|style|on\w+)=/);
  });

  it('follows what may be followed, in a page of its own that learns nothing of ours', () => {
    expect(drawn('[a](https://example.org/?a=1&b="2)')).toBe(
      '<p><a href="https://example.org/?a=1&amp;b=%222" target="_blank" rel="noreferrer noopener">a</a></p>',
    );
  });

  it('writes out what would turn the text or hide in it', () => {
    expect(drawn('pay \u202elapyap\u202c `a\u200bb`')).toBe(
      '<p>pay ⟨U+202E⟩lapyap⟨U+202C⟩ <code>a⟨U+200B⟩b</code></p>',
    );
  });
});

describe('what is read as markdown', () => {
  it.each([
    ['quotes in quotes', '>'.repeat(10_000)],
    ['lists in lists', '- '.repeat(10_000)],
    ['numbers in quotes', '> 1. '.repeat(100)],
    ['brackets without end', '['.repeat(50_000)],
    ['emphasis in emphasis', '*_'.repeat(5_000)],
    ['a line without a space', 'a'.repeat(1_000_000)],
    ['a hundred thousand lines', 'x\n'.repeat(100_000)],
    ['a huge table', `${'|a'.repeat(1_000)}|\n${'|-'.repeat(1_000)}|`],
  ])('is not %s', (_what, text) => {
    expect(isReadableMarkdown(text)).toBe(false);
  });

  it('is a letter, with quotes, lists and code in it', () => {
    expect(isReadableMarkdown('> quoted\n> > twice\n\n- a\n  - b\n    1. c **d** `e`\n'.repeat(50))).toBe(
      true,
    );
  });
});
