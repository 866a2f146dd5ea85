import { describe, expect, it } from 'vitest';
import { SmallTalk } from '../small-talk.ts';
import { ScriptedAgent } from '../test-agents.ts';
import { PrometheusMetrics } from './prometheus-metrics.ts';

describe('metrics for Prometheus', () => {
  it('are told with their kind, and with the earlier names as well', () => {
    const metrics = new PrometheusMetrics();
    metrics.set('session_count', 3);
    metrics.increment('agent_failures_total', { failure_type: 'zombie', agent_id: 'A "quoted"\nname' });
    expect(metrics.render().split('\n')).toEqual(
      expect.arrayContaining([
        '# HELP session_count Sessions that are active',
        '# TYPE session_count gauge',
        'session_count 3',
        'sessions_active 3',
        '# TYPE agent_failures_total counter',
        String.raw`agent_failures_total{agent_id="A \"quoted\"\nname",failure_type="zombie"} 1`,
      ]),
    );
  });

  it('count each observation in its bucket and in all above', () => {
    const metrics = new PrometheusMetrics();
    for (const ms of [0.5, 7, 7, 9999]) metrics.observe('session_restore_latency_ms', ms);
    const lines = metrics
      .render()
      .split('\n')
      .filter((line) => line.startsWith('session_restore'));
    expect(lines).toEqual(
      expect.arrayContaining([
        'session_restore_latency_ms_bucket{le="1"} 1',
        'session_restore_latency_ms_bucket{le="10"} 3',
        'session_restore_latency_ms_bucket{le="5000"} 3',
        'session_restore_latency_ms_bucket{le="+Inf"} 4',
        'session_restore_latency_ms_sum 10013.5',
        'session_restore_latency_ms_count 4',
      ]),
    );
  });

  it('never tell which session, and no more values of a label than they may', () => {
    const metrics = new PrometheusMetrics({ maxLabelValues: 2 });
    for (const topic of ['a', 'b', 'c', 'd'])
      metrics.increment('events_published_total', { topic, session_id: topic });
    const lines = metrics
      .render()
      .split('\n')
      .filter((line) => line.startsWith('events_published_total{'));
    expect(lines).toEqual([
      'events_published_total{topic="a"} 1',
      'events_published_total{topic="b"} 1',
      'events_published_total{topic="other"} 2',
    ]);
  });

  it('know what a conversation did: sessions, messages, events, errors', async () => {
    const metrics = new PrometheusMetrics();
    const agent = new ScriptedAgent('Host');
    const quiet = { log: { write: () => undefined }, environment: {} };
    const talk = new SmallTalk({ ...quiet, metrics, agents: [agent] });
    await talk.start();
    const { sessionId } = await talk.chat('Hello');
    agent.answer = () => Promise.reject(new Error('gone'));
    await talk.chat('Hello?', { sessionId });
    await talk.stop();
    const text = metrics.render();
    for (const line of [
      'sessions_total 1',
      'smalltalk_requests_total{result="answered"} 1',
      'smalltalk_requests_total{result="failed"} 1',
      'error_rate 0.5',
      'events_published_total{priority="normal",topic="message:received"} 2',
    ])
      expect(text).toContain(`${line}\n`);
    expect(text).toMatch(/^event_throughput [1-9]/m);
  });
});
