/** What is known of a checkpoint and of the branch that it is to be promoted to. */
export interface PromotionFacts {
  readonly tag: string;
  readonly branch: string;
  /** The branches of the project file, first to last. */
  readonly chain: readonly string[];
  /** The branch that checkpoints are made on. */
  readonly main: string;
  /** Where the branch stands seen from the checkpoint; `absent` where there is no such branch yet. */
  readonly at: 'absent' | 'before' | 'there' | 'past' | 'apart';
  /** Whether the branch before it in the chain holds the checkpoint; true for the first. */
  readonly isOnPrevious: boolean;
  /** Where the branch is checked out; null for nowhere. */
  readonly checkout: string | null;
}

/** Whether the branch moves, stays because it is there already, or may not move. */
export type PromotionRuling =
  | { readonly kind: 'move' }
  | { readonly kind: 'stay' }
  | { readonly kind: 'refuse'; readonly why: string; readonly fix: string };

/** The branch that a checkpoint must be on before it may come to `branch`; null for the first. */
export function previousOf(chain: readonly string[], branch: string): string | null {
  const place = chain.indexOf(branch);
  return place <= 0 ? null : (chain[place - 1] ?? null);
}

/** Rules on the names alone, before any branch is looked at; null where they are in order. */
export function ruleNames({
  branch,
  chain,
  main,
}: Pick<PromotionFacts, 'branch' | 'chain' | 'main'>): { why: string; fix: string } | null {
  const reserved = chain.find((name) => name === main || /^(session|thalogos)\//.test(name));
  if (reserved !== undefined)
    return {
      why: `${reserved} can’t be a branch for checkpoints: Thalogos moves it for its own work.`,
      fix: 'Name other branches under `environments` in the project file.',
    };
  if (new Set(chain).size < chain.length)
    return {
      why: `A branch stands twice in ${chain.join(' -> ')}.`,
      fix: 'Name each branch once under `environments` in the project file.',
    };
  if (chain.includes(branch)) return null;
  return {
    why: `${branch} is no branch that checkpoints are promoted to.`,
    fix: `Choose one of ${chain.join(', ')}, or name it under \`environments\` in the project file.`,
  };
}

/** Rules on a promotion: along the chain, forward only, and never under somebody's feet. */
export function rulePromotion(facts: PromotionFacts): PromotionRuling {
  const { tag, branch, chain, main, at, checkout } = facts;
  if (at === 'there') return { kind: 'stay' };
  const previous = previousOf(chain, branch);
  if (!facts.isOnPrevious && previous !== null)
    return refuse(
      `${tag} is not on ${previous} yet.`,
      `Promote it there first: \`thalogos promote ${tag} --to ${previous}\`.`,
    );
  if (at === 'past')
    return refuse(
      `${branch} is past ${tag} already, and a branch only moves forward.`,
      `To bring its files back, restore it (\`thalogos rollback ${tag}\`) and promote the new checkpoint.`,
    );
  if (at === 'apart')
    return refuse(
      `${branch} has commits that ${tag} has not, so it can’t be fast-forwarded.`,
      `Merge ${branch} into ${main} and save; the new checkpoint will hold both.`,
    );
  if (checkout !== null)
    return refuse(
      `${branch} is checked out at ${checkout}, and moving it would make its files look changed.`,
      'Check another branch out there, or remove that worktree, and promote again.',
    );
  return { kind: 'move' };
}

function refuse(why: string, fix: string): PromotionRuling {
  return { kind: 'refuse', why, fix };
}
