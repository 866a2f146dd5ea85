import { describe, expect, it } from 'vitest';
import { fileNames, shownName, typeOf } from './attachment.ts';
import { makeAttachment } from './test-attachments.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');

describe('what a file is', () => {
  it.each([
    ['\x89PNG\r\n\x1a\n...', 'image/png'],
    ['\xff\xd8\xff\xe0', 'image/jpeg'],
    ['GIF89a..', 'image/gif'],
    ['RIFF....WEBPVP8 ', 'image/webp'],
    ['%PDF-1.7', 'application/pdf'],
    ['PK\x03\x04', 'application/zip'],
    ['plain words', 'text/plain'],
    ['<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', 'text/plain'],
    ['<!doctype html><script>', 'text/plain'],
    ['a\0b', 'application/octet-stream'],
    ['\xff\xfe', 'application/octet-stream'],
  ])('is told by its bytes: %j is %s', (content, type) => expect(typeOf(bytes(content))).toBe(type));

  it('is text also where a character is cut through', () =>
    expect(typeOf(Buffer.from('né').subarray(0, 2))).toBe('text/plain'));
});

describe('the name of a file', () => {
  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\mara\\plan.md', 'plan.md'],
    ['/', 'file'],
    ['', 'file'],
    ['..', 'file'],
    ['a\u0000b\n.txt', 'ab.txt'],
    ['photo\u202Egnp.exe', 'photognp.exe'],
    ['  спецификация.md ', 'спецификация.md'],
  ])('is no path and has nothing unseen: %j is %j', (sent, shown) => expect(shownName(sent)).toBe(shown));

  it('is short', () => expect(shownName(`${'x'.repeat(4000)}.md`)).toHaveLength(120));

  it('becomes one that any folder can hold, each once', () => {
    const names = ['a b.txt', 'a_b.txt', 'A_b.TXT', '.env', '-rf', 'nul.txt', 'план', '日本.md'];
    expect(fileNames(names.map((name) => makeAttachment({ name })))).toEqual([
      ...['a_b.txt', 'a_b-2.txt', 'A_b-3.TXT', 'file.env', 'rf', 'file-nul.txt', 'file', 'file.md'],
    ]);
  });

  it('of a picture ends as its bytes say', () =>
    expect(fileNames([makeAttachment({ name: 'shot.exe', mediaType: 'image/png' })])).toEqual(['shot.png']));
});
