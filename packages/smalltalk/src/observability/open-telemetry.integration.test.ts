import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { Agent } from '../agents/agent.ts';
import { ScriptedModel } from '../llm/scripted-model.ts';
import { SmallTalk } from '../small-talk.ts';
import { defineTool } from '../tools/define-tool.ts';
import { openTelemetry } from './open-telemetry.ts';

const Spans = z.object({
  resourceSpans: z.array(
    z.object({
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              traceId: z.string(),
              spanId: z.string(),
              parentSpanId: z.string().optional(),
              name: z.string(),
            }),
          ),
        }),
      ),
    }),
  ),
});
const Metrics = z.object({
  resourceMetrics: z.array(
    z.object({ scopeMetrics: z.array(z.object({ metrics: z.array(z.object({ name: z.string() })) })) }),
  ),
});

/** What New Relic, a Datadog agent or a collector is to those who export: OTLP over HTTP. */
async function openReceiver() {
  const received: Record<string, unknown[]> = {};
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      (received[request.url ?? ''] ??= []).push(body);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The receiver has no port');
  return { url: `http://127.0.0.1:${String(address.port)}`, received };
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  const body: unknown = JSON.parse(text);
  return body;
}

const clock = defineTool({
  name: 'clock',
  description: 'Tells the time',
  parameters: z.object({}),
  run: () => 'noon',
});

it('reaches whoever takes OTLP: one trace for a message, from the conversation to the disk', async () => {
  const { url, received } = await openReceiver();
  const tracerProvider = new TracerProvider({
    spanProcessors: [
      new SimpleSpanProcessor({ exporter: new OTLPTraceExporter({ url: `${url}/v1/traces` }) }),
    ],
  });
  const meterProvider = new MeterProvider({
    readers: [
      new PeriodicExportingMetricReader({
        exporter: new OTLPMetricExporter({ url: `${url}/v1/metrics` }),
        exportIntervalMillis: 5000,
      }),
    ],
  });
  const { tracer, metrics } = await openTelemetry({ tracerProvider, meterProvider, sampleRate: 1 });
  const model = new ScriptedModel([{ toolCalls: [{ id: 'c', name: 'clock', arguments: {} }] }, 'Noon.']);
  const quiet = { log: { write: () => undefined }, environment: {} };
  const talk = new SmallTalk({ ...quiet, tracer, metrics, languageModel: model });
  talk.addAgent(new Agent({ name: 'Host', tools: [clock] }));
  const heard = Promise.withResolvers<void>();
  talk.events.subscribe('message_processed', 'listener', () => heard.resolve());
  await talk.start();
  await talk.chat('What time is it?');
  await heard.promise;
  await talk.stop();
  await tracerProvider.shutdown();
  await meterProvider.shutdown();

  const spans = (received['/v1/traces'] ?? []).flatMap((body) =>
    Spans.parse(body).resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)),
  );
  const root = spans.find(({ name }) => name === 'conversation turn');
  const parentOf = (name: string) => {
    const { parentSpanId } = spans.find((span) => span.name === name) ?? {};
    return spans.find(({ spanId }) => spanId === parentSpanId)?.name;
  };
  expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([root?.traceId]));
  expect({
    choice: parentOf('choose agent'),
    agent: parentOf('invoke_agent Host'),
    model: parentOf('chat gpt-4o-mini'),
    tool: parentOf('execute_tool clock'),
    storage: parentOf('storage append_messages'),
    bus: parentOf('deliver message_processed'),
  }).toEqual({
    choice: 'conversation turn',
    agent: 'conversation turn',
    model: 'invoke_agent Host',
    tool: 'invoke_agent Host',
    storage: 'conversation turn',
    bus: 'conversation turn',
  });
  const names = (received['/v1/metrics'] ?? []).flatMap((body) =>
    Metrics.parse(body).resourceMetrics.flatMap(({ scopeMetrics }) =>
      scopeMetrics.flatMap(({ metrics: told }) => told.map(({ name }) => name)),
    ),
  );
  expect(names).toEqual(
    expect.arrayContaining([
      'session_count',
      'event_throughput',
      'event_propagation_latency_ms',
      'smalltalk_requests_total',
      'storage_operations_duration_seconds',
      'events_consumed_total',
    ]),
  );
}, 15_000);
