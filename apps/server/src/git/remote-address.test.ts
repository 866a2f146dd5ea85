import { describe, expect, it } from 'vitest';
import { schemeOf } from './remote-address.ts';

describe('the address of a remote', () => {
  it('is reached by https, ssh or as a folder of this machine', () => {
    expect(
      [
        'https://example.org/ada/shop.git',
        'ssh://git@example.org:22/ada/shop.git',
        'git@example.org:ada/shop.git',
        'example.org:shop',
        '/srv/git/shop.git',
        'file:///srv/git/shop.git',
      ].map(schemeOf),
    ).toEqual(['https', 'ssh', 'ssh', 'ssh', 'file', 'file']);
  });

  it('is never one that runs a program, is not encrypted, reads as an option or ends a line', () => {
    for (const address of [
      'ext::sh -c id',
      'http://example.org/shop.git',
      'git://example.org/shop.git',
      '--upload-pack=id',
      '-oProxyCommand=id:shop',
      'ssh://-oProxyCommand=id/shop',
      '../shop',
      'https://example.org/shop\n[core]',
      '',
    ])
      expect(schemeOf(address), address).toBeNull();
  });
});
