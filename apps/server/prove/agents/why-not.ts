const SILENT = 'it asks again for minutes, silently, until our limits of time end it';

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
  qwen: {
    usage: 'it tells tokens beside its words, and none at the end of a turn',
    'http-429': SILENT,
    'http-500': SILENT,
  },
  opencode: {
    plan: 'its list of what to do is told as a tool like any other',
    usage: 'it tells those of the last step',
    'http-429': SILENT,
    'http-500': SILENT,
  },
  copilot: { usage: 'it tells those of the whole session' },
  model: {
    images: 'SmallTalk hands words to a model, and nothing else',
    mcp: 'it has tools of its own alone',
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
