import { expect, it } from 'vitest';
import { Reporter } from '../core/reporter.ts';
import { FakeClock } from '../test-clock.ts';
import { makeMemoryStorage } from '../test-session-manager.ts';
import { ValidationError } from '../types/errors.ts';
import type { LogRecord } from '../types/log-sink.ts';
import { noMetrics } from '../types/metric-sink.ts';
import type { AgentState } from '../types/session.ts';
import { AgentStateStore } from './agent-state-store.ts';
import { trimAgentState } from './trim-agent-state.ts';

const turn = (sequence: number, size = 10) => ({
  sequence,
  timestamp: new Date(0),
  userMessage: 'x'.repeat(size),
  agentResponses: [],
});

it('keeps the last ten turns', () => {
  const state: AgentState = {
    config: {},
    context: {},
    messageHistory: Array.from({ length: 12 }, (_, index) => turn(index)),
  };
  const trimmed = trimAgentState(state, { messageHistory: 10, maxSizeBytes: 1e6 });
  expect(trimmed.state.messageHistory).toEqual(state.messageHistory.slice(2));
  expect(state.messageHistory).toHaveLength(12);
});

it('lets the oldest turns of a state of 12 MB go until it fits into 10, and says so', async () => {
  const said: LogRecord[] = [];
  const storage = await makeMemoryStorage();
  const store = new AgentStateStore({ storage, reporter: makeReporter(said) });
  const megabyte = 1024 ** 2;
  await store.save('a', {
    config: { text: 'c'.repeat(5 * megabyte) },
    context: {},
    messageHistory: Array.from({ length: 7 }, (_, index) => turn(index, megabyte)),
  });
  const stored = await store.load('a');
  expect(stored?.messageHistory).toHaveLength(4);
  expect(said.map(({ level }) => level)).toEqual(['WARN']);
});

it('then lets fields go that may, and refuses what is still too large', async () => {
  const state: AgentState = {
    config: {},
    context: { cache: 'x'.repeat(1000), goal: 'y', _metadata: { cache: { trimmable: true }, goal: {} } },
    messageHistory: [],
  };
  const limits = { messageHistory: 10, maxSizeBytes: 500 };
  expect(trimAgentState(state, limits).state.context).toEqual({
    goal: 'y',
    _metadata: state.context._metadata,
  });
  const store = new AgentStateStore({
    storage: await makeMemoryStorage(),
    reporter: makeReporter([]),
    limits: { ...limits, maxSizeBytes: 20 },
  });
  await expect(store.save('a', state)).rejects.toBeInstanceOf(ValidationError);
});

function makeReporter(said: LogRecord[]): Reporter {
  return new Reporter({
    component: 'test',
    clock: new FakeClock(),
    log: { write: (line) => said.push(line) },
    metrics: noMetrics,
    alerts: undefined,
  });
}
