import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const PROGRAM = `
import { registerHooks } from 'node:module';
const asked = new Set();
registerHooks({
  resolve(specifier, context, next) {
    if (!/^[./]|^node:|^file:/.test(specifier) && !context.parentURL?.includes('node_modules')) asked.add(specifier);
    return next(specifier, context);
  },
});
const { SmallTalk, ScriptedModel, Agent } = await import(process.argv[1]);
const talk = new SmallTalk({ languageModel: new ScriptedModel(['Hello']), environment: {}, log: { write() {} } });
talk.addAgent(new Agent({ name: 'Writer' }));
await talk.start();
await talk.chat('Hi');
await talk.stop();
console.log(JSON.stringify([...asked].sort()));
`;

it('loads no driver, no provider and no protocol that nobody uses', async () => {
  const index = new URL('./index.ts', import.meta.url).href;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', PROGRAM, index],
    { timeout: 15_000 },
  );
  expect(JSON.parse(stdout)).toEqual(['yaml', 'zod']);
});
