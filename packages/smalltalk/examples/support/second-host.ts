import { openSharedHost } from './shared-host.ts';

// The other process: it asks who speaks, packs the first order, gets stuck with the second, and takes notes until it is
// killed. Each line on stdout says what was done and acknowledged.
const [url = '', key = '', sessionId = ''] = process.argv.slice(2);
const say = (line: string) => process.stdout.write(`${line}\n`);
const { talk, pack } = await openSharedHost(process.env, { url, key });

say(`answers ${(await talk.chat('Who am I?', { sessionId })).content}`);
pack(async (order) => {
  say(`${order === 1 ? 'packs' : 'holds'} ${order}`);
  if (order !== 1) await new Promise(() => undefined);
});
say('follows');
for (let note = 1; ; note += 1) {
  await talk.chat(`The other's note ${note}`, { sessionId });
  say(`noted ${note}`);
}
