import { describe, expect, it } from 'vitest';
import { editorLink, safeLink } from './safe-link.ts';

describe('links', () => {
  it('of a text lead to pages and letter boxes alone', () => {
    expect(safeLink('https://example.org/a')).toBe('https://example.org/a');
    for (const link of ['javascript:alert(1)', 'vscode://file/etc/passwd', 'file:///etc/passwd', ' data:,x'])
      expect(safeLink(link)).toBe('');
  });

  it('to an editor name a path and nothing that the path could add to it', () => {
    expect(editorLink('/home/mara/a b')).toBe('vscode://file/home/mara/a%20b');
    expect(editorLink('/x?command=y#z:1')).toBe('vscode://file/x%3Fcommand%3Dy%23z%3A1');
    expect(editorLink('/a.ts', 12)).toBe('vscode://file/a.ts:12');
    expect(editorLink('C:\\work\\a')).toBe('vscode://file/C%3A/work/a');
  });
});
