/** Every instant at which a promotion can be killed to see whether it recovers. */
export const PROMOTION_FAILPOINTS = [
  'promoting.fetched',
  'promoting.journaled',
  'promoting.moved',
  'promoting.recorded',
] as const;

/** The name of one failpoint of a promotion. */
export type PromotionFailpoint = (typeof PROMOTION_FAILPOINTS)[number];

/** A failpoint that kills this very process when `armed` comes; null arms none. */
export function makePromotionFailpoint(armed: string | null): (name: PromotionFailpoint) => void {
  return (reached) => {
    if (reached === armed) process.kill(process.pid, 'SIGKILL');
  };
}
