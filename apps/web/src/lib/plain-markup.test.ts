import { describe, expect, it } from 'vitest';
import { isPlainMarkup } from './plain-markup.ts';

describe('plain markup', () => {
  it.each([
    '',
    'a > b && c',
    '&notin;',
    '<div data-line="3" data-line-type="change-addition"><span style="color:red">a &#x3C; b</span>\n</div>',
    '<svg data-change-icon="change" width="16" height="16" viewBox="0 0 16 16"><use href="#diffs-icon"></use></svg>',
    '<symbol id="a" viewBox="0 0 1 1">\n<path fill-rule="evenodd" d="M0 0z"/></symbol>',
    '<button type="button" data-utility-button><slot name="x"></slot></button><br>',
    '<span data-text="<script>">inside a value nothing begins</span>',
  ])('is what the highlighter writes: %s', (markup) => {
    expect(isPlainMarkup(markup)).toBe(true);
  });

  it.each([
    '<script>alert(1)</script>',
    '<SCRIPT>',
    '<img src=x onerror=alert(1)>',
    '<div onclick="alert(1)">',
    '<div data-a="1"onclick="alert(1)">',
    "<div data-a='1' onclick='alert(1)'>",
    '<div data-a=1>',
    '<svg onload="alert(1)">',
    '<svg/onload=alert(1)>',
    '<use href="https://example.org/a.svg#x"></use>',
    '<use href="data:image/svg+xml,a"></use>',
    '<use xlink:href="#a"></use>',
    '<iframe srcdoc="<script>"></iframe>',
    '<style>@import "https://example.org"</style>',
    '<a href="javascript:alert(1)">',
    '<meta http-equiv="refresh" content="0;url=https://example.org">',
    '<base href="https://example.org/">',
    '<form action="https://example.org">',
    '<!-- --><b>',
    '<!-->',
    '<?xml?>',
    '<divine>',
    '<div-x>',
    '<span',
    '<span style="color:red"',
    'a < b',
    '<span title="a" <img src=x>',
    '</style><script>',
  ])('is nothing else: %s', (markup) => {
    expect(isPlainMarkup(markup)).toBe(false);
  });

  it('is read once, however long it is and however it ends', () => {
    const long = `<div data-code="">${'<span class="a" style="b">x</span>'.repeat(100_000)}${'y'.repeat(1_000_000)}</div>`;
    const began = performance.now();
    expect(isPlainMarkup(long)).toBe(true);
    expect(isPlainMarkup(`${long}<span${' data-a'.repeat(100_000)}`)).toBe(false);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
