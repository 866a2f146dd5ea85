import { noTracer, PrometheusMetrics } from '../src/index.ts';
import { describeTimes, type Figure, openTalk, percentile, PlainAgent, timeAll } from './figures.ts';

const NO_METRICS = { increment: () => undefined, set: () => undefined, observe: () => undefined };

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

/** SC-024: what the metrics cost of a conversation's CPU, in turns that alternate. */
export async function measureMetrics(): Promise<readonly Figure[]> {
  const [plain, measured] = [
    await openTalk({ metrics: NO_METRICS, tracer: noTracer }),
    await openTalk({ metrics: new PrometheusMetrics(), tracer: noTracer }),
  ];
  const ids = [await plain.createSession(), await measured.createSession()];
  const spent: [number[], number[]] = [[], []];
  const run = async (side: 0 | 1) => {
    const talk = side === 0 ? plain : measured;
    const sessionId = ids[side] ?? '';
    const before = process.cpuUsage();
    for (let turn = 0; turn < 50; turn += 1) await talk.chat('Hello', { sessionId });
    const { user, system } = process.cpuUsage(before);
    spent[side].push((user + system) / 50);
  };
  for (let round = 0; round < 60; round += 1) {
    await run(round % 2 === 0 ? 0 : 1);
    await run(round % 2 === 0 ? 1 : 0);
  }
  await Promise.all([plain.stop(), measured.stop()]);
  // The least of many is what the work takes; the rest is what else the machine did.
  const [without, with_] = spent.map((costs) =>
    percentile(
      costs.toSorted((a, b) => a - b),
      0.1,
    ),
  );
  const overhead = ((with_ ?? 0) / (without ?? 1) - 1) * 100;
  return [
    {
      id: 'SC-024',
      promise: 'metrics below 2 %',
      workload: '3,000 messages with Prometheus’s metrics and 3,000 without, agents that take no time',
      measured: `${(without ?? 0).toFixed(0)} and ${(with_ ?? 0).toFixed(0)} us of CPU a message: ${overhead.toFixed(1)} %`,
      isKept: overhead < 2,
    },
  ];
}
