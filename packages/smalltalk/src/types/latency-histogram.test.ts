import { expect, it } from 'vitest';
import { LatencyHistogram } from './latency-histogram.ts';

it('says nothing of nothing', () => {
  expect(new LatencyHistogram().summary()).toEqual({
    count: 0,
    avgMs: 0,
    p50Ms: 0,
    p95Ms: 0,
    p99Ms: 0,
    maxMs: 0,
  });
});

it('knows the percentiles of what it counted, a tenth too high at most', () => {
  const histogram = new LatencyHistogram(0.01);
  for (let ms = 1; ms <= 1000; ms += 1) histogram.add(ms);
  const { count, avgMs, p50Ms, p95Ms, p99Ms, maxMs } = histogram.summary();
  expect([count, avgMs, maxMs]).toEqual([1000, 500.5, 1000]);
  for (const [found, truth] of [
    [p50Ms, 500],
    [p95Ms, 950],
    [p99Ms, 990],
  ] as const) {
    expect(found).toBeGreaterThanOrEqual(truth);
    expect(found).toBeLessThanOrEqual(truth * 1.1);
  }
});

it('takes what no bucket was made for', () => {
  const histogram = new LatencyHistogram();
  histogram.add(-3);
  histogram.add(1e12);
  expect(histogram.summary()).toMatchObject({ count: 2, p50Ms: 1, maxMs: 1e12 });
});
