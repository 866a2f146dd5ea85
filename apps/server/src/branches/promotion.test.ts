import { describe, expect, it } from 'vitest';
import { previousOf, type PromotionFacts, ruleNames, rulePromotion } from './promotion.ts';

const chain = ['dev', 'staging', 'prod'];
const facts: PromotionFacts = {
  ...{ tag: 'checkpoint/2026-01-31-002', branch: 'staging', chain, main: 'main' },
  ...{ at: 'before', isOnPrevious: true, checkout: null },
};
const rule = (change: Partial<PromotionFacts>) => rulePromotion({ ...facts, ...change });
const why = (change: Partial<PromotionFacts>) => {
  const ruling = rule(change);
  return ruling.kind === 'refuse' ? `${ruling.why} ${ruling.fix}` : ruling.kind;
};

describe('a promotion', () => {
  it('moves a branch that the checkpoint continues, and makes one that is not there', () => {
    expect(why({})).toBe('move');
    expect(why({ at: 'absent' })).toBe('move');
  });

  it('leaves a branch that is there already, whatever else is the matter', () => {
    expect(why({ at: 'there', isOnPrevious: false, checkout: '/home/ada/shop' })).toBe('stay');
  });

  it('follows the chain', () => {
    expect(chain.map((branch) => previousOf(chain, branch))).toEqual([null, 'dev', 'staging']);
    expect(why({ isOnPrevious: false })).toBe(
      'checkpoint/2026-01-31-002 is not on dev yet. Promote it there first: `thalogos promote checkpoint/2026-01-31-002 --to dev`.',
    );
  });

  it('never moves a branch back, aside or under somebody’s feet', () => {
    expect(why({ at: 'past' })).toContain('staging is past');
    expect(why({ at: 'apart' })).toContain('can’t be fast-forwarded');
    expect(why({ checkout: '/home/ada/shop' })).toContain('checked out at /home/ada/shop');
  });

  it('goes to a branch of the chain alone, which is never one of ours', () => {
    expect(ruleNames({ branch: 'prod', chain, main: 'main' })).toBeNull();
    expect(ruleNames({ branch: 'other', chain, main: 'main' })?.fix).toContain('dev, staging, prod');
    expect(ruleNames({ branch: 'dev', chain: ['dev', 'dev'], main: 'main' })?.why).toContain('twice');
    for (const name of ['main', 'session/s-1/integration', 'thalogos/never'])
      expect(ruleNames({ branch: name, chain: [name], main: 'main' })?.why).toContain('can’t be');
  });
});
