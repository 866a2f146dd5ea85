import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { describe, expect, it } from 'vitest';
import { MemoryEventLog } from '../events/memory-event-log.ts';
import { EventBus } from '../events/event-bus.ts';
import { SmallTalk } from '../small-talk.ts';
import type { SmallTalkOptions } from '../small-talk-options.ts';
import { ScriptedAgent } from '../test-agents.ts';
import { openTelemetry } from './open-telemetry.ts';
import type { OpenTelemetryOptions } from './open-telemetry-options.ts';

async function trace(options: OpenTelemetryOptions) {
  const exporter = new InMemorySpanExporter();
  const tracerProvider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  const telemetry = await openTelemetry({ tracerProvider, ...options });
  return { tracer: telemetry.tracer, spans: () => exporter.getFinishedSpans() };
}

async function open(options: SmallTalkOptions) {
  const agent = new ScriptedAgent('Host');
  const quiet = { log: { write: () => undefined }, environment: {} };
  const talk = new SmallTalk({ ...quiet, agents: [agent], ...options });
  await talk.start();
  return { talk, agent };
}

const FOREIGN = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;

describe('traces', () => {
  it('are begun for a share of the conversations, each whole or not at all', async () => {
    const { tracer, spans } = await trace({ sampleRate: 0.1 });
    const { talk } = await open({ tracer });
    const sessionId = await talk.createSession();
    for (let turn = 0; turn < 200; turn += 1) await talk.chat('Hello', { sessionId });
    await talk.stop();
    const turns = spans().filter(({ name }) => name === 'conversation turn');
    // One in ten of 200: fewer than 3 or more than 50 is less likely than one in a hundred thousand.
    expect(turns.length).toBeGreaterThan(2);
    expect(turns.length).toBeLessThan(50);
    const agents = spans().filter(({ name }) => name === 'invoke_agent Host');
    expect(agents.map((span) => span.spanContext().traceId).toSorted()).toEqual(
      turns.map((span) => span.spanContext().traceId).toSorted(),
    );
  });

  it('go on with the trace of whoever asked, and stop where that one was not wanted', async () => {
    const { tracer, spans } = await trace({ sampleRate: 0 });
    const { talk } = await open({ tracer });
    await talk.chat('Hello', { traceparent: FOREIGN });
    await talk.chat('Hello', { traceparent: FOREIGN.replace(/01$/, '00') });
    await talk.chat('Hello', { traceparent: 'no such thing' });
    await talk.stop();
    const turns = spans().filter(({ name }) => name === 'conversation turn');
    expect(turns.map((span) => span.spanContext().traceId)).toEqual(['a'.repeat(32)]);
    expect(turns[0]?.parentSpanContext?.spanId).toBe('b'.repeat(16));
  });

  it('tell what failed and which correlation id the log has of it, and nothing that anybody said', async () => {
    const { tracer, spans } = await trace({ sampleRate: 1 });
    const { talk, agent } = await open({ tracer });
    agent.answer = () => Promise.reject(new Error('gone'));
    const { correlationId } = await talk.chat('A secret');
    await talk.stop();
    const failed = spans().find(({ name }) => name === 'invoke_agent Host');
    expect(failed?.status.message).toBe('gone');
    expect(failed?.attributes['smalltalk.correlation_id']).toBe(correlationId);
    expect(JSON.stringify(spans().map(({ attributes }) => attributes))).not.toContain('A secret');
  });

  it('show each agent that speaks in a group', async () => {
    const { tracer, spans } = await trace({ sampleRate: 1 });
    const { talk } = await open({ tracer });
    const group = await talk.groups.createGroup([new ScriptedAgent('One'), new ScriptedAgent('Two')]);
    const message = { id: crypto.randomUUID(), role: 'user' as const, content: 'Hello', timestamp: 0 };
    await talk.groups.handleMessage(group.id, message);
    await talk.stop();
    expect(spans().filter(({ name }) => name.startsWith('invoke_agent'))).toHaveLength(1);
  });

  it('go along with an event through the log to a process that knows nothing else of it', async () => {
    const log = new MemoryEventLog();
    const first = await trace({ sampleRate: 1 });
    const { talk } = await open({ tracer: first.tracer, events: new EventBus({ log, ...first }) });
    await talk.chat('Hello');
    await talk.stop();

    const second = await trace({ sampleRate: 0 });
    const bus = new EventBus({ log, tracer: second.tracer });
    const { promise, resolve } = Promise.withResolvers<void>();
    bus.subscribe('message_processed', 'elsewhere', () => resolve());
    bus.setReplayPolicy('elsewhere', 'full');
    await bus.initialize();
    await bus.replay('elsewhere');
    await promise;
    await bus.stop();
    const turn = first.spans().find(({ name }) => name === 'conversation turn');
    const delivery = second.spans().find(({ name }) => name === 'deliver message_processed');
    expect(delivery?.spanContext().traceId).toBe(turn?.spanContext().traceId);
  });

  it('are left alone where nobody has set up OpenTelemetry', async () => {
    const { tracer, metrics, isInstalled } = await openTelemetry({ sampleRate: 1 });
    const { talk } = await open({ tracer, metrics });
    expect((await talk.chat('Hello')).content).toBe('Host: Hello');
    expect([isInstalled, talk.renderMetrics()]).toEqual([true, undefined]);
    await talk.stop();
  });
});
