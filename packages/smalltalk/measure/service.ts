import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { openTelemetry } from '../src/index.ts';
import { type Figure, openTalk } from './figures.ts';

const SECONDS = 60;
const KILLED_EVERY_MS = 10_000;

/** SC-001, FR-039: a service that is killed every ten seconds and started again by whoever watches over it. */
export async function measureUptime(folder: string): Promise<readonly Figure[]> {
  const port = await findPort();
  const program = new URL('./service-main.ts', import.meta.url).pathname;
  let child: ChildProcess | undefined;
  let isOver = false;
  const start = () => {
    child = spawn(process.execPath, [program, folder, String(port)], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.once('exit', () => {
      if (!isOver) start();
    });
  };
  start();
  while (!(await isReady(port))) await pause(20);
  const killing = setInterval(() => child?.kill('SIGKILL'), KILLED_EVERY_MS);
  let [asked, answered] = [0, 0];
  for (const endAt = performance.now() + SECONDS * 1000; performance.now() < endAt; await pause(25)) {
    asked += 1;
    if (await isReady(port)) answered += 1;
  }
  clearInterval(killing);
  isOver = true;
  child?.kill('SIGKILL');
  const downMs = (1 - answered / asked) * KILLED_EVERY_MS;
  return [
    {
      id: 'SC-001, FR-039',
      promise: '95 % uptime, 36 h down a month',
      workload: `killed every ${String(KILLED_EVERY_MS / 1000)} s for ${String(SECONDS)} s and started again at once, from source`,
      measured: `${((answered / asked) * 100).toFixed(1)} % of ${String(asked)} requests found it ready: ${downMs.toFixed(0)} ms down for each kill, so 36 h are ${Math.floor(129_600_000 / Math.max(downMs, 1)).toLocaleString('en-US')} kills a month`,
      isKept: 'kept up to so many',
    },
  ];
}

async function isReady(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${String(port)}/ready`, {
      signal: AbortSignal.timeout(1000),
    });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

/** SC-026: how often metrics reach whoever watches, over OTLP. */
export async function measureRefresh(): Promise<readonly Figure[]> {
  const arrivals: number[] = [];
  const server = createServer((request, response) => {
    arrivals.push(performance.now());
    request.resume().on('end', () => response.writeHead(200).end('{}'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${String(portOf(server))}/v1/metrics`;
  const reader = new PeriodicExportingMetricReader({
    exporter: new OTLPMetricExporter({ url }),
    exportIntervalMillis: 5000,
  });
  const meterProvider = new MeterProvider({ readers: [reader] });
  const { metrics } = await openTelemetry({ meterProvider });
  const talk = await openTalk({ metrics });
  await talk.chat('Hello');
  await pause(16_000);
  await talk.stop();
  await meterProvider.shutdown();
  server.closeAllConnections();
  server.close();
  const gaps = arrivals.slice(0, 3).map((at, place, all) => (place === 0 ? 0 : at - (all[place - 1] ?? 0)));
  const widest = Math.max(...gaps) / 1000;
  return [
    {
      id: 'SC-026',
      promise: 'APM every 5 s',
      workload: 'a PeriodicExportingMetricReader at 5 s, for 16 s',
      measured: `${String(arrivals.length)} exports, at most ${widest.toFixed(1)} s apart`,
      isKept: arrivals.length >= 3 && widest < 6,
    },
  ];
}

async function findPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A server has no port');
  return address.port;
}
