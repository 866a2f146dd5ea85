import { resourceUsage, stdout } from 'node:process';
import type * as Package from '../src/index.ts';

// Four agents in a process of their own, made of the built package; the last line says what of memory they took.
const MEGABYTE = 1_048_576;
const resident = () => process.memoryUsage.rss() / MEGABYTE;
const [folder = '', url = '', count = '200'] = process.argv.slice(2);
const bare = resident();

const built: unknown = await import(new URL('../dist/index.js', import.meta.url).href);
if (!isPackage(built)) throw new Error('The package is not built');
const { Agent, SmallTalk } = built;
const talk = new SmallTalk({
  environment: { OPENAI_API_KEY: 'none', OPENAI_BASE_URL: url },
  history: { location: folder },
  log: { write: () => undefined },
  agents: [
    new Agent({ name: 'Researcher', expertise: ['research', 'sources', 'facts'] }),
    new Agent({ name: 'Writer', expertise: ['writing', 'style', 'text'] }),
    new Agent({ name: 'Reviewer', expertise: ['critique', 'logic', 'review'] }),
    new Agent({ name: 'Planner', expertise: ['planning', 'schedule', 'budget'] }),
  ],
});
await talk.start();
const started = resident();

const QUESTIONS = [
  'Which sources and facts does the research need?',
  'What style of writing suits this text?',
  'Is the logic of it sound, for a review?',
  'What schedule and what budget has the planning?',
];
const sessions = await Promise.all(QUESTIONS.map(() => talk.createSession()));
const messages = Number(count);
for (let place = 0; place < messages; place += 1) {
  const sessionId = sessions[place % sessions.length] ?? '';
  // Each session hears each of the four.
  const question = QUESTIONS[(place + Math.floor(place / 4)) % QUESTIONS.length] ?? '';
  const { metadata } = await talk.chat(question, { sessionId });
  if (metadata.degraded !== undefined)
    throw new Error(`Message ${String(place)} was not answered by its agent`);
}
// Only what is still held counts; what was given up is the collector's to fetch.
globalThis.gc?.();
const heap = process.memoryUsage().heapUsed / MEGABYTE;
const { handoffs } = talk.getStats();
await talk.stop();
if (handoffs < messages / 8) throw new Error('The agents did not take turns');
const peak = resourceUsage().maxRSS / 1024;
stdout.write(JSON.stringify({ bare, started, peak, heap }));

function isPackage(module: unknown): module is typeof Package {
  return typeof module === 'object' && module !== null && 'SmallTalk' in module;
}
