import { Agent, type ModelPart, SmallTalk, WebInterface } from '@thalogos/smalltalk';

/** A model that remembers nothing of what it was asked, so that the memory measured is the framework's. */
async function* speak(): AsyncGenerator<ModelPart> {
  for (const text of ['one ', 'two ', 'three ', 'four ', 'five ', 'six ', 'seven ', 'eight'])
    yield { type: 'text', text };
  const usage = { inputTokens: 1, outputTokens: 8, isEstimated: true };
  yield { type: 'end', reason: 'stop', target: { provider: 'here', model: 'words' }, usage };
}

// A process of its own, so that its memory is the server's alone. Port and memory go out as lines of JSON.
const talk = new SmallTalk({
  languageModel: { stream: speak },
  environment: {},
  agents: [new Agent({ name: 'Writer' })],
  sessions: { maxConcurrentSessions: 5000 },
  log: { write: () => undefined },
});
await talk.start();
const web = new WebInterface({ port: 0, maxSockets: 5000, log: { write: () => undefined } });
await talk.addInterface(web);
const tell = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`);
tell({ address: web.address });
process.stdin.on('data', () => {
  const { user, system } = process.cpuUsage();
  tell({ rssMb: Math.round(process.memoryUsage().rss / 1_048_576), cpuMs: (user + system) / 1000 });
});
process.stdin.on('end', () => void talk.stop().then(() => process.exit(0)));
