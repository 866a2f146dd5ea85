import { expect, it } from 'vitest';
import { describeInstalled } from '../test-installed.ts';
import { gemini } from './rows/gemini.ts';

// Each of its starts takes seconds: all that it does is tried by `npm run test:agents`.
await describeInstalled(gemini, { depth: 'brief' }, (bench) => {
  // Within a minute, too: loading a session then would empty its record.
  it('is resumed and does not repeat itself', async () => {
    const first = await bench().play('[[say one]]');
    const resume = first.outcome.nativeId ?? '';
    const { outcome, events } = await bench().play('[[say two]]', { spec: { resume } });
    expect(outcome).toMatchObject({ kind: 'completed', text: 'two' });
    expect(JSON.stringify(events)).not.toMatch(/one/);
  });
});
