import { PreviewConfig } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import { choosePreview, type PreviewSources } from './choose-preview.ts';
import { evolvePreview, fillIn, previewHost } from './preview.ts';

const sources: PreviewSources = { config: null, isTrusted: false, script: null, files: [] };

const commandOf = (change: Partial<PreviewSources>) => {
  const offer = choosePreview({ ...sources, ...change });
  return offer.kind === 'command' ? offer.command.join(' ') : offer.why;
};

describe('what a preview would run', () => {
  it('is what the project file says, and only once that is trusted', () => {
    const config = PreviewConfig.parse({ command: ['make', 'serve'] });
    expect(choosePreview({ ...sources, config, script: 'vite' })).toMatchObject({
      ...{ command: ['make', 'serve'], from: 'project-file', isTrusted: false, script: null },
    });
  });

  it('is else the script of the package, told its port in the way it understands', () => {
    expect(commandOf({ script: 'node server.js' })).toBe('npm run dev');
    expect(commandOf({ script: 'next dev', files: ['pnpm-lock.yaml'] })).toBe('pnpm run dev');
    expect(commandOf({ script: 'vite --open' })).toBe('npm run dev -- --port {port} --strictPort');
    expect(commandOf({ script: 'astro dev', files: ['bun.lock'] })).toBe('bun run dev --port {port}');
    expect(commandOf({})).toContain('Neither');
  });

  it('has another name after any change, of the script’s own text too', () => {
    const hashOf = (script: string) => {
      const offer = choosePreview({ ...sources, script });
      return offer.kind === 'command' ? offer.hash : '';
    };
    expect(hashOf('node a.js')).toBe(hashOf('node a.js'));
    expect(hashOf('node a.js')).not.toBe(hashOf('node a.js; curl evil'));
  });
});

describe('a preview', () => {
  it('is told its port as words, never as a part of a shell', () => {
    expect(fillIn(['serve', '--port={port}', '{host}:{port}'], 4901)).toEqual([
      'serve',
      '--port=4901',
      '127.0.0.1:4901',
    ]);
  });

  it('answers later than expected, and has ended for good once it has', () => {
    const silent = evolvePreview({ kind: 'starting' }, { kind: 'silent', seconds: 60 }, 1);
    const ready = evolvePreview(silent, { kind: 'answered' }, 2);
    const over = evolvePreview(ready, { kind: 'ended', isStopped: false, code: 1, signal: null }, 3);
    expect([silent.kind, ready.kind]).toEqual(['unanswered', 'ready']);
    expect(over).toEqual({ kind: 'ended', at: 3, isStopped: false, why: 'It ended by itself with code 1.' });
    expect(evolvePreview(over, { kind: 'answered' }, 4)).toBe(over);
  });

  it('has a host name of its own, which is none of the console’s', () => {
    expect(previewHost('t-4k2')).toBe('t-4k2.localhost');
  });
});
