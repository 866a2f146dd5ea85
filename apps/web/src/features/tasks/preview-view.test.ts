import type { Preview, PreviewOffer } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import { addLines, canReach, FRAME_RIGHTS, previewView, sayPreview } from './preview-view.ts';

const preview: Preview = {
  ...{ task: 't-1', by: 'Mara', command: ['npm', 'run', 'dev'], port: 4901, startedAt: 1 },
  ...{ url: 'http://t-1.localhost:4901/', state: { kind: 'ready', at: 2 } },
};
const offer: PreviewOffer = {
  ...{ kind: 'command', command: ['npm', 'run', 'dev'], script: 'vite', from: 'package.json' },
  ...{ hash: 'h', isTrusted: true },
};
const ended = (isStopped: boolean): Preview => ({
  ...preview,
  state: { kind: 'ended', at: 3, isStopped, why: 'It ended by itself with code 1.' },
});

describe('the panel of a preview', () => {
  it('shows the one that runs, else what could be started, else why nothing can', () => {
    expect(previewView(preview, offer).kind).toBe('running');
    expect(previewView(null, offer)).toEqual({ kind: 'offer', offer, ended: null });
    expect(previewView(null, { kind: 'none', why: 'No.' })).toEqual({ kind: 'nothing', why: 'No.' });
  });

  it('says how the last one ended by itself, and nothing of one that was stopped', () => {
    expect(previewView(ended(false), offer)).toMatchObject({ ended: 'It ended by itself with code 1.' });
    expect(previewView(ended(true), offer)).toMatchObject({ ended: null });
  });

  it('is in the frame only where the console was opened on the server’s own machine', () => {
    expect(['localhost', '127.0.0.1', '[::1]'].every(canReach)).toBe(true);
    expect(['thalogos.example.org', '127.0.0.1.nip.io', '192.168.0.7'].some(canReach)).toBe(false);
  });

  it('lets the frame do nothing to the page around it', () => {
    expect(FRAME_RIGHTS).not.toMatch(/top|popup|modal|pointer|download|storage-access/);
  });

  it('adds lines once, and keeps the newest', () => {
    const line = (number: number) => ({ number, text: `line ${number}` });
    expect(addLines([line(1), line(2)], [line(2), line(3)])).toEqual([line(1), line(2), line(3)]);
    const many = Array.from({ length: 3000 }, (_, index) => line(index + 1));
    expect(addLines([], many)).toHaveLength(2000);
    expect(addLines([], many).at(-1)).toEqual(line(3000));
  });

  it('says where it stands', () => {
    expect(sayPreview(preview)).toBe('Ready at port 4901');
    expect(sayPreview({ ...preview, state: { kind: 'unanswered', seconds: 60 } })).toBe(
      'Nothing answers at port 4901 after 60 s',
    );
  });
});
