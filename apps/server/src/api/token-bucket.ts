import type { Clock } from '../platform/clock.ts';

/** How many requests may come at once, and how many a second in the long run. */
export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

/** The most callers that are remembered; past that the ones with full buckets are forgotten, which changes nothing for them. */
const MOST_KEYS = 10_000;

/** One bucket of tokens for each caller. */
export interface TokenBuckets {
  /** Takes one token; 0 when there was one, else the seconds until there is. */
  take(key: string): number;
}

/** Makes buckets that start full. */
export function makeTokenBuckets({ burst, perSecond }: Rate, clock: Clock): TokenBuckets {
  const buckets = new Map<string, { tokens: number; at: number }>();
  const levelOf = (bucket: { tokens: number; at: number }, now: number) =>
    Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * perSecond);
  const forgetFull = (now: number) => {
    for (const [key, bucket] of buckets) if (levelOf(bucket, now) >= burst) buckets.delete(key);
  };
  return {
    take: (key) => {
      const now = clock.now();
      if (buckets.size >= MOST_KEYS) forgetFull(now);
      const bucket = buckets.get(key) ?? { tokens: burst, at: now };
      const level = levelOf(bucket, now);
      const isThere = level >= 1;
      buckets.set(key, { tokens: isThere ? level - 1 : level, at: now });
      return isThere ? 0 : Math.max(1, Math.ceil((1 - level) / perSecond));
    },
  };
}
