import { z } from 'zod';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ThalogosEvent } from '@thalogos/contracts';
import type { Plugin } from 'vite';
import { makeCalls } from './sample-calls.ts';
import { makeSampleLog } from './sample-log.ts';
import type { Emit } from './sample-data.ts';
import { answerFiles } from './sample-files.ts';
import { makeSample, manyTasks, type Sample } from './sample-data.ts';

const lines = [
  'edit src/http/server.ts',
  'vitest: 12 of 14 pass',
  'read src/keys/find-key.ts',
  'vitest: 14 of 14 pass',
  'write docs/rate-limits.md',
];

function makeLog(sample: Sample) {
  let seq = 18_204;
  const past = makeSampleLog(sample, Date.now(), seq);
  const streams = new Set<ServerResponse>();
  const frames = new Map<number, string>();
  const emit: Emit = ({ type, data, task = null }) => {
    seq += 1;
    const event = {
      seq,
      at: Date.now(),
      project: sample.project.id,
      session: sample.session.id,
      task,
      by: 'orchestrator',
      type,
      data,
    } as ThalogosEvent;
    const frame = `id: ${seq}\nevent: ${type}\ndata: ${JSON.stringify(event)}\n\n`;
    frames.set(seq, frame);
    past.add(event);
    for (const stream of streams) stream.write(frame);
  };
  const open = (response: ServerResponse, after: number) => {
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-thalogos-event': String(seq),
    });
    response.write(': hello\n\n');
    for (const [number, frame] of frames) if (number > after) response.write(frame);
    streams.add(response);
    response.on('close', () => streams.delete(response));
  };
  return { emit, open, seq: () => seq, calls: past.calls };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

async function answerCalls(
  request: IncomingMessage,
  response: ServerResponse,
  calls: Record<string, (input: unknown) => unknown>,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://sample');
  const names = decodeURIComponent(url.pathname.slice(1)).split(',');
  const raw = request.method === 'POST' ? await bodyOf(request) : url.searchParams.get('input');
  const inputs = z.record(z.string(), z.unknown()).parse(JSON.parse(raw === null || raw === '' ? '{}' : raw));
  const answers = names.map((name, index) => {
    try {
      const call = calls[name];
      if (call === undefined) throw new Error(`The sample does not answer ${name}`);
      return { result: { data: call(inputs[index]) } };
    } catch (error) {
      const body = { code: 'fault', message: String(error), hint: null, details: null };
      return {
        error: {
          message: body.message,
          code: -32603,
          data: { code: 'INTERNAL_SERVER_ERROR', httpStatus: 500, body },
        },
      };
    }
  });
  response.writeHead(207, { 'content-type': 'application/json' });
  response.end(JSON.stringify(answers));
}

/** Stands in for the server while the console is designed: answers calls and emits events from made-up data. Never part of a build. */
export function sampleLink(): Plugin {
  return {
    name: 'thalogos-sample-link',
    apply: 'serve',
    configureServer(server) {
      const sample = makeSample(Date.now());
      sample.tasks.push(...manyTasks(Number(process.env['SAMPLE_MANY'] ?? 0), Date.now()));
      const log = makeLog(sample);
      const calls: Record<string, (input: unknown) => unknown> = {
        ...makeCalls(sample, log.emit, log.seq),
        ...log.calls,
      };
      server.middlewares.use('/events', (request, response) =>
        log.open(response, Number(new URL(request.url ?? '/', 'http://sample').searchParams.get('after'))),
      );
      server.middlewares.use('/upload', answerFiles);
      server.middlewares.use('/trpc', (request, response) => void answerCalls(request, response, calls));
      const talk = setInterval(() => {
        if (sample.paused) return;
        const working = sample.tasks.filter((task) => task.state === 'running');
        const task = working[Math.floor(Math.random() * working.length)];
        const lastLine = lines[Math.floor(Math.random() * lines.length)] ?? null;
        if (task?.run == null) return;
        const cost = { tokens: (task.cost?.tokens ?? 0) + 640, usd: (task.cost?.usd ?? 0) + 0.01 };
        sample.tasks = sample.tasks.map((one) => (one.id === task.id ? { ...one, lastLine, cost } : one));
        log.emit({
          type: 'transcript.extended',
          task: task.id,
          data: { run: task.run, upto: 5, lastLine, plan: task.plan, cost },
        });
      }, 2_500);
      server.httpServer?.on('close', () => clearInterval(talk));
    },
  };
}
