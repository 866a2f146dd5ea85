import { expect, it } from 'vitest';
import { Reporter } from '../core/reporter.ts';
import { FakeClock } from '../test-clock.ts';
import { ValidationError } from '../types/errors.ts';
import type { LogRecord } from '../types/log-sink.ts';
import { noMetrics } from '../types/metric-sink.ts';
import { EventRetention } from './event-retention.ts';
import { MemoryEventLog } from './memory-event-log.ts';
import { ProcessedIds } from './processed-ids.ts';

const clock = new FakeClock();
const said: LogRecord[] = [];
const levels = new Map<string, number>();
const reporter = new Reporter({
  component: 'test',
  clock,
  log: { write: (line) => said.push(line) },
  metrics: { ...noMetrics, set: (name, value) => levels.set(name, value) },
  alerts: undefined,
});

it('halves the registry of deliveries with a warning when it takes more than 100 MB', async () => {
  const large = new ProcessedIds();
  for (let key = 0; key < 60; key += 1) large.add(`${'x'.repeat(2 ** 21)}${String(key)}`, clock.now());
  const parts = { log: new MemoryEventLog(), clock, reporter, registries: () => [large] };
  await new EventRetention(parts, {}).sweep();
  expect(large.size).toBe(30);
  expect(said.map(({ level }) => level)).toEqual(['WARN', 'INFO']);
  expect(levels.get('registry_memory_usage_mb')).toBeLessThan(100);
});

it('keeps events for an hour to thirty days', () => {
  const parts = { log: new MemoryEventLog(), clock, reporter, registries: () => [] };
  for (const hours of [0.5, 721, Number.NaN])
    expect(() => new EventRetention(parts, { hours })).toThrow(ValidationError);
});
