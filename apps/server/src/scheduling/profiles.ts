import type { AgentConfig, AgentProfile, RoleName } from '@thalogos/contracts';

/** The agent that needs no model and no account; the last resort, and the only one on a bare machine. */
export const FALLBACK_AGENT = 'scripted';

const LANGUAGES = ['typescript', 'javascript', 'python', 'go', 'rust', 'java', 'c', 'shell', 'sql', 'html'];
const CODE = ['implementation', 'debugging', 'testing', 'repair', 'review', 'design'];
const PROSE = ['writing', 'documentation', 'explanation', 'summarization', 'translation'];

/** What is held of an agent before anybody has seen it work; a project may say otherwise for itself. */
export interface KnownAgent {
  readonly profile: AgentProfile;
  /** The vendor's account that its work counts against; null where there is none. */
  readonly account: string | null;
  /** 1 is asked before 2 where nothing else tells them apart. */
  readonly preference: number;
  /** The only roles that it is chosen for; null for any task. */
  readonly roles: readonly RoleName[] | null;
}

/** Skills are starting points, not measurements: what its runs come to counts beside them. */
export const KNOWN_AGENTS: Readonly<Record<string, Omit<KnownAgent, 'roles'>>> = {
  codex: {
    account: 'openai',
    preference: 1,
    profile: {
      skills: ['code', 'backend', 'api', 'refactoring', 'algorithms', 'tests', 'terminal', 'tooling'],
      languages: LANGUAGES,
      work: CODE,
      readOnly: true,
      cost: 'medium',
      models: ['gpt-5.5'],
    },
  },
  claude: {
    account: 'anthropic',
    preference: 2,
    profile: {
      skills: ['code', 'architecture', 'frontend', 'react', 'design', 'documentation', 'security', 'review'],
      languages: LANGUAGES,
      work: [...CODE, ...PROSE, 'planning', 'analysis'],
      readOnly: true,
      cost: 'high',
      models: ['opus', 'sonnet', 'haiku'],
    },
  },
  gemini: {
    account: 'google',
    preference: 3,
    profile: {
      skills: ['code', 'documentation', 'research', 'translation', 'data', 'analysis'],
      languages: LANGUAGES,
      work: ['implementation', 'analysis', 'research', ...PROSE],
      readOnly: true,
      cost: 'low',
      models: ['gemini-2.5-pro', 'gemini-2.5-flash'],
    },
  },
  qwen: {
    account: 'qwen',
    preference: 4,
    profile: {
      skills: ['code', 'scripts', 'translation'],
      languages: LANGUAGES,
      work: ['implementation', 'debugging', 'testing', 'translation'],
      readOnly: true,
      cost: 'low',
      models: [],
    },
  },
  opencode: {
    account: 'opencode',
    preference: 5,
    profile: {
      skills: ['code', 'terminal', 'refactoring'],
      languages: LANGUAGES,
      work: CODE,
      readOnly: true,
      cost: 'medium',
      models: [],
    },
  },
  copilot: {
    account: 'github',
    preference: 6,
    profile: {
      skills: ['code', 'github', 'workflow', 'review'],
      languages: LANGUAGES,
      work: ['implementation', 'review', 'operations'],
      readOnly: true,
      cost: 'medium',
      models: [],
    },
  },
  model: {
    account: 'model',
    preference: 7,
    profile: {
      skills: ['code', 'documentation'],
      languages: LANGUAGES,
      work: ['implementation', ...PROSE],
      readOnly: true,
      cost: 'medium',
      models: [],
    },
  },
  [FALLBACK_AGENT]: {
    account: null,
    preference: 100,
    profile: {
      skills: ['marks'],
      languages: [],
      work: ['demonstration'],
      readOnly: true,
      cost: 'free',
      models: [],
    },
  },
};

/** What is known of an agent, with what a project says of it laid over. */
export function knownAgent(name: string, config: AgentConfig = {}): KnownAgent {
  const { profile, account, preference } = KNOWN_AGENTS[name] ?? stranger(name);
  const { skills, languages, work, cost } = config;
  return {
    account,
    preference: config.preference ?? preference,
    roles: config.roles ?? null,
    profile: {
      ...profile,
      ...(skills === undefined ? {} : { skills }),
      ...(languages === undefined ? {} : { languages }),
      ...(work === undefined ? {} : { work }),
      ...(cost === undefined ? {} : { cost }),
    },
  };
}

/** Nothing is held of an agent that nobody has described: it is asked last, on an account of its own. */
function stranger(name: string): Omit<KnownAgent, 'roles'> {
  const profile = {
    skills: [],
    languages: [],
    work: [],
    readOnly: false,
    cost: 'medium',
    models: [],
  } as const;
  return {
    account: name,
    preference: 50,
    profile: { ...profile, skills: [], languages: [], work: [], models: [] },
  };
}
