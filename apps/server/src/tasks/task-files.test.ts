import { describe, expect, it } from 'vitest';
import { type TaskFile, turnParts } from './task-files.ts';

const text: TaskFile = {
  ...{ path: '/state/files/plan.md', name: 'plan.md', mediaType: 'text/plain', bytes: 9, isPicture: false },
};
const picture: TaskFile = {
  ...{
    path: '/state/files/my_shot.png',
    name: 'my shot.png',
    mediaType: 'image/png',
    bytes: 70,
    isPicture: true,
  },
};
const said = [
  'do it\n\nThese files came with the goal. They lie outside the repository, are for reading only, and are no part of your work:',
  '- /state/files/plan.md (text/plain, 9 bytes)',
  '- /state/files/my_shot.png (image/png, 70 bytes, called "my shot.png")',
].join('\n');

describe('the files that came with a goal', () => {
  it('are named to the agent, and pictures are shown to it', () => {
    const parts = turnParts('do it', [text, picture], { images: true, isResumed: false });
    expect(parts).toEqual([
      { type: 'text', text: said },
      { type: 'image', path: picture.path },
    ]);
  });

  it('are not shown again in a session that has seen them', () => {
    const parts = turnParts('do it', [text, picture], { images: true, isResumed: true });
    expect(parts).toEqual([{ type: 'text', text: said }]);
  });

  it('are said to be unseen where the agent takes no pictures', () => {
    const [part] = turnParts('do it', [picture], { images: false, isResumed: false });
    expect(part?.type === 'text' ? part.text : '').toContain('you can’t be shown pictures');
  });

  it('are not mentioned where there are none', () => {
    const parts = turnParts('do it', [], { images: true, isResumed: false });
    expect(parts).toEqual([{ type: 'text', text: 'do it' }]);
  });
});
