/** How the agent of one open run fares. */
export type RunHealth =
  /** Its process is not there yet. */
  | { readonly kind: 'starting' }
  | { readonly kind: 'working' }
  /** It gives no sign of life: a person was told, then is asked. */
  | { readonly kind: 'quiet'; readonly since: number }
  | { readonly kind: 'asked'; readonly since: number }
  /** Its process was found to be gone; its run is about to end. */
  | { readonly kind: 'lost'; readonly reason: string }
  | { readonly kind: 'ended' };

/** The moves that an agent's health may make; every other fact leaves it as it is. */
export const HEALTH_MOVES: Readonly<Record<RunHealth['kind'], readonly RunHealth['kind'][]>> = {
  starting: ['working', 'quiet', 'asked', 'lost', 'ended'],
  working: ['quiet', 'asked', 'lost', 'ended'],
  quiet: ['working', 'asked', 'lost', 'ended'],
  asked: ['working', 'lost', 'ended'],
  lost: ['ended'],
  ended: [],
};

/** What is found out about an agent at work. */
export type HealthFact =
  | { readonly type: 'lived' }
  | { readonly type: 'silent'; readonly grade: 'noticed' | 'asked'; readonly since: number }
  | { readonly type: 'gone'; readonly reason: string }
  | { readonly type: 'ended' };

/** How the agent fares after a fact; one that comes too late changes nothing. */
export function evolve(health: RunHealth, fact: HealthFact): RunHealth {
  const next = after(fact);
  return HEALTH_MOVES[health.kind].includes(next.kind) ? next : health;
}

function after(fact: HealthFact): RunHealth {
  switch (fact.type) {
    case 'lived':
      return { kind: 'working' };
    case 'silent':
      return { kind: fact.grade === 'asked' ? 'asked' : 'quiet', since: fact.since };
    case 'gone':
      return { kind: 'lost', reason: fact.reason };
    case 'ended':
      return { kind: 'ended' };
  }
}

/** Whether nobody can say that it works: it is lost, or has been silent for so long that a person is asked. */
export function isFailing({ kind }: RunHealth): boolean {
  return kind === 'lost' || kind === 'asked';
}
