import type { Clock } from '../platform/clock.ts';

/** A clock that a test moves. */
export interface TestClock extends Clock {
  /** Lets `ms` pass, waking in order whoever waited, and lets what they started settle. */
  pass(ms: number): Promise<void>;
}

export function makeTestClock(): TestClock {
  let now = 1_000;
  const alarms = new Set<{ readonly at: number; readonly act: () => void }>();
  return {
    now: () => now,
    after(ms, act) {
      const alarm = { at: now + ms, act };
      alarms.add(alarm);
      return () => alarms.delete(alarm);
    },
    async pass(ms) {
      const until = now + ms;
      for (;;) {
        await settle();
        const [next] = [...alarms].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        alarms.delete(next);
        now = next.at;
        next.act();
      }
      now = until;
      await settle();
    },
  };
}

/** Gives promises that are ready the time to call whoever awaits them. */
async function settle(): Promise<void> {
  await new Promise((done) => {
    setImmediate(done);
  });
}
