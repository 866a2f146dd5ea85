import { describe, expect, it } from 'vitest';
import { bubblewrapArguments, installationOf, outermost } from './walls.ts';

describe('what a program was installed with', () => {
  it.each([
    ['a program of the system', '/usr/bin/git', '/usr'],
    ['a version of Node', '/home/ada/.nvm/versions/node/v24/bin/node', '/home/ada/.nvm/versions/node/v24'],
    [
      'a package of npm',
      '/home/ada/.cache/t/node_modules/@o/x/vendor/bin/x',
      '/home/ada/.cache/t/node_modules',
    ],
    ['a program among the person’s own', '/home/ada/bin/tool', '/home/ada/bin'],
    ['a program beside the person’s data', '/home/ada/.local/bin/claude', '/home/ada/.local/bin'],
    [
      'a program that is alone in its folder',
      '/home/ada/.local/share/claude/versions/2',
      '/home/ada/.local/share/claude/versions',
    ],
  ])('%s', (_, program, expected) => {
    expect(installationOf(program, '/home/ada')).toBe(expected);
  });
});

describe('the walls', () => {
  it('hide a folder once, however often it is named', () => {
    expect(outermost(['/root', '/root/.local/share/thalogos', '/root', '/rooted'])).toEqual([
      '/root',
      '/rooted',
    ]);
  });

  it('put what is locked after what can be written, and cut the network where they are told to', () => {
    const words = bubblewrapArguments({
      cwd: '/data/work',
      systemIsWritable: false,
      hidden: ['/data'],
      readable: ['/data/hub'],
      writable: ['/data/state'],
      locked: ['/data/work/.git'],
      network: false,
      asNobody: true,
    });
    const at = (...parts: string[]) => words.join(' ').indexOf(parts.join(' '));
    expect(words).toContain('--unshare-net');
    expect(at('--ro-bind / /')).toBeGreaterThan(0);
    expect(at('--tmpfs /data')).toBeGreaterThan(at('--ro-bind / /'));
    expect(at('--bind /data/work /data/work')).toBeGreaterThan(at('--tmpfs /data'));
    expect(at('--ro-bind-try /data/work/.git')).toBeGreaterThan(at('--bind /data/work /data/work'));
    expect(words.at(-1)).toBe('--');
  });
});
