/** Why an agent does not offer something, by its name and the behaviour; `*` is for any agent. */
const REASONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '*': {
    plan: 'it keeps no plan that could be shown',
    steer: 'the protocol has no way to add to a turn',
    usage: 'it does not tell the tokens of one turn',
    'http-401': 'it has no vendor',
    'http-429': 'it has no vendor',
    'http-500': 'it has no vendor',
    dropped: 'it has no vendor',
  },
  scripted: {
    'approval-allowed': 'it obeys its marks and asks for no leave',
    'approval-denied': 'it obeys its marks and asks for no leave',
    images: 'it reads marks alone',
    mcp: 'it has tools of its own alone',
  },
};

/** Why an agent does not offer a behaviour, as people read it. */
export function whyNot(agent: string, behaviour: string): string {
  return REASONS[agent]?.[behaviour] ?? REASONS['*']?.[behaviour] ?? 'its program has no way to it';
}
