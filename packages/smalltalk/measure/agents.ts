import {
  Agent,
  type MetricSink,
  type ModelPart,
  PrometheusMetrics,
  type SmallTalkOptions,
} from '../src/index.ts';
import { describeTimes, type Figure, openTalk, percentile, PlainAgent, timeAll } from './figures.ts';

/** SC-016: the conversation passes from one agent to another with each message. */
export async function measureTransition(folder: string): Promise<readonly Figure[]> {
  const agents = [
    new PlainAgent('Gardener', ['plants', 'soil']),
    new PlainAgent('Cook', ['recipes', 'bread']),
  ];
  const talk = await openTalk({ agents, history: { location: folder } });
  const sessionId = await talk.createSession();
  const times = await timeAll(300, (place) =>
    talk.chat(place % 2 === 0 ? 'Which soil do these plants want?' : 'A recipe for bread?', { sessionId }),
  );
  const { handoffs } = talk.getStats();
  await talk.stop();
  const late = times.filter((ms) => ms > 750).length / times.length;
  return [
    {
      id: 'SC-016',
      promise: 'a transition below 500 ms p95, 2 % above 750',
      workload: `${String(handoffs)} hand-offs by the local scorer, models left out, on the disk`,
      measured: `${describeTimes(times)}; ${(late * 100).toFixed(1)} % above 750 ms`,
      isKept: percentile(times, 0.95) < 500 && late <= 0.02,
    },
  ];
}

/** SC-017: one of three agents fails while the others are asked. */
export async function measureFailure(): Promise<readonly Figure[]> {
  const [one, two, three] = [new PlainAgent('One'), new PlainAgent('Two'), new PlainAgent('Three')];
  const talk = await openTalk({ agents: [one, two, three] });
  // Sessions of the same length before and during, for a longer one takes longer by itself.
  let sessionId = await talk.createSession();
  const ask = (place: number) =>
    talk.chat('Hello', { sessionId, agentName: place % 2 === 0 ? 'One' : 'Two' });
  const before = await timeAll(1000, ask);
  sessionId = await talk.createSession();
  three.fails = true;
  // Found lost, and its recovery is tried again and again, while the others are asked.
  talk.health.reportFailure('Three', new Error('The agent is gone'));
  const during = await timeAll(1000, ask);
  await talk.stop();
  const ratio = percentile(during, 0.5) / percentile(before, 0.5);
  return [
    {
      id: 'SC-017',
      promise: 'one failure: latency at most half longer',
      workload: '1,000 messages to the two others before and during',
      measured: `before ${describeTimes(before)}; during ${describeTimes(during)}; median ${ratio.toFixed(2)}x`,
      isKept: ratio <= 1.5,
    },
  ];
}

/**
 * SC-024: what the metrics cost of a conversation's CPU. What a message measures is recorded and measured again many
 * times, for beside a whole conversation so little is lost in what else the machine does.
 */
export async function measureMetrics(): Promise<readonly Figure[]> {
  const calls: ((metrics: MetricSink) => void)[] = [];
  const recording: MetricSink = {
    increment: (name, labels) => calls.push((metrics) => metrics.increment(name, labels)),
    set: (name, value, labels) => calls.push((metrics) => metrics.set(name, value, labels)),
    observe: (name, value, labels) => calls.push((metrics) => metrics.observe(name, value, labels)),
  };
  const bare = await costOfMessage({ metrics: recording }, () => (calls.length = 0));
  const spoken = await costOfMessage(
    { metrics: recording, languageModel: { stream: speak }, agents: [new Agent({ name: 'Host' })] },
    () => (calls.length = 0),
  );
  const prometheus = new PrometheusMetrics();
  const measured: number[] = [];
  for (let round = 0; round < 60; round += 1)
    measured.push(
      await spend(50, () => {
        for (const call of calls.slice(0, calls.length / 50)) call(prometheus);
      }),
    );
  const metrics = undisturbed(measured);
  const overhead = (metrics / spoken) * 100;
  return [
    {
      id: 'SC-024',
      promise: 'metrics below 2 %',
      workload: `${String(Math.round(calls.length / 50))} measurements for a message to an agent whose model says eight words`,
      measured: `${metrics.toFixed(1)} of ${spoken.toFixed(0)} us of CPU: ${overhead.toFixed(1)} %; of a message to an agent that does nothing at all (${bare.toFixed(0)} us): ${((metrics / bare) * 100).toFixed(1)} %`,
      isKept: overhead < 2,
    },
  ];
}

/** A model that says eight words at once and remembers nothing. */
async function* speak(): AsyncGenerator<ModelPart> {
  for (let word = 0; word < 8; word += 1) yield { type: 'text', text: 'word ' };
  const usage = { inputTokens: 1, outputTokens: 8, isEstimated: true };
  yield { type: 'end', reason: 'stop', target: { provider: 'here', model: 'words' }, usage };
}

async function costOfMessage(options: SmallTalkOptions, begin: () => void): Promise<number> {
  const talk = await openTalk(options);
  const costs: number[] = [];
  for (let round = 0; round < 60; round += 1) {
    const sessionId = await talk.createSession();
    begin();
    costs.push(await spend(50, () => talk.chat('Hello', { sessionId })));
  }
  await talk.stop();
  return undisturbed(costs);
}

/** What a tenth of the rounds did not exceed: the rest is what else the machine did. */
function undisturbed(costs: readonly number[]): number {
  return percentile(
    costs.toSorted((a, b) => a - b),
    0.1,
  );
}

/** Microseconds of CPU that each of so many takes. */
async function spend(count: number, work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  for (let turn = 0; turn < count; turn += 1) await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / count;
}
