import { Agent } from './agents/agent.ts';
import { ScriptedModel } from './llm/scripted-model.ts';
import { SmallTalk } from './small-talk.ts';
import type { LanguageModel } from './types/language-model.ts';

// A process of its own: answers one message, gets stuck with the second, and waits to be killed.
const script = new ScriptedModel(['Paris.']);
const model: LanguageModel = {
  stream: (request) => {
    if (script.requests.length === 0) return script.stream(request);
    process.stdout.write('stuck\n');
    return { [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => undefined) }) };
  },
};
const talk = new SmallTalk({
  languageModel: model,
  environment: {},
  history: { location: process.argv[2] ?? '' },
  log: { write: () => undefined },
});
talk.addAgent(new Agent({ name: 'Guide' }));
await talk.start();
const { sessionId } = await talk.chat('Capital of France?', { userId: 'ada' });
process.stdout.write(`${sessionId}\n`);
setInterval(() => undefined, 1000);
await talk.sendMessage(sessionId, 'Its river?');
