import { describe, expect, it } from 'vitest';
import { type Frame, readFrames } from './read-frames.ts';

async function framesOf(...chunks: string[]): Promise<Frame[]> {
  async function* body() {
    for (const chunk of chunks) yield Buffer.from(chunk, 'latin1');
  }
  const frames: Frame[] = [];
  for await (const frame of readFrames(body())) frames.push(frame);
  return frames;
}

describe('a stream of events', () => {
  it('is cut into frames wherever its chunks end', async () => {
    const text = Buffer.from(
      'retry: 1000\n\n: hello\n\nid: 7\nevent: task.queued\ndata: {"a":"é"}\n\nid: 8\ndata: x\ndata: y\n\nid: 9\ndata: unfin',
    ).toString('latin1');
    const expected = [
      { id: '7', event: 'task.queued', data: '{"a":"é"}' },
      { id: '8', event: 'message', data: 'x\ny' },
    ];
    expect(await framesOf(text)).toEqual(expected);
    expect(await framesOf(...text)).toEqual(expected);
  });
});
