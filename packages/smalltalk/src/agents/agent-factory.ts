import type { AgentPersonality } from '../types/agent-manifest.ts';
import { NotFoundError } from '../types/errors.ts';
import type { Tool } from '../types/tool.ts';
import { Agent } from './agent.ts';
import type { AgentOptions } from './agent-settings.ts';
import { PRESET_PERSONALITIES } from './preset-personalities.ts';

type Overrides = Partial<Omit<AgentOptions, 'name'>>;

/** How somebody writes. */
export type WritingStyle = 'creative' | 'technical' | 'academic' | 'casual';

const WRITING: Readonly<Record<WritingStyle, string>> = {
  creative: 'Write with images, rhythm and surprise.',
  technical: 'Write precisely: one term for one thing, examples before rules, nothing left to guess.',
  academic: 'Write soberly: claims with their grounds, terms defined, sources named, limits admitted.',
  casual: 'Write as one talks to a friend: short, warm and plain.',
};

const CODE_REVIEW = `Review this {{language}} code. Name first what is wrong, then what is risky, then what could be simpler; quote the line each time.

{{code}}`;

const DEBUG_HELP = `Find the cause of this error and the smallest change that removes it.
{{#if error}}
Error:
{{error}}
{{/if}}
Code:
{{code}}`;

/** Makes agents of common kinds, and of the presets that it keeps. */
export class AgentFactory {
  readonly #presets = new Map<string, AgentPersonality>(Object.entries(PRESET_PERSONALITIES));

  createAgent(options: AgentOptions): Agent {
    return new Agent(options);
  }

  /** @throws NotFoundError for a preset that there is not. */
  createFromPreset(name: string, preset: string, overrides: Overrides = {}): Agent {
    const personality = this.getPresetPersonality(preset);
    if (personality === undefined) throw new NotFoundError('Preset', preset);
    return new Agent({ personality, expertise: personality.expertise, ...overrides, name });
  }

  createSimple(
    name: string,
    personality: string,
    options: {
      temperature?: number;
      maxTokens?: number;
      tools?: readonly (string | Tool)[];
      expertise?: readonly string[];
    } = {},
  ): Agent {
    return new Agent({ name, personality, ...options });
  }

  createCodingAssistant(
    name = 'CodeHelper',
    languages: readonly string[] = ['javascript', 'typescript', 'python'],
  ): Agent {
    return this.createFromPreset(name, 'coding', {
      temperature: 0.3,
      expertise: [...languages, 'debugging', 'code review', 'refactoring'],
      systemPrompt: `You help people write code in ${languages.join(', ')}.`,
      promptTemplates: { code_review: CODE_REVIEW, debug_help: DEBUG_HELP },
    });
  }

  createWritingAssistant(name = 'Writer', style: WritingStyle = 'creative'): Agent {
    return this.createFromPreset(name, 'creative', {
      temperature: style === 'creative' || style === 'casual' ? 0.8 : 0.4,
      expertise: [`${style} writing`, 'editing', 'structure'],
      systemPrompt: WRITING[style],
    });
  }

  /** An agent as a function wants it. */
  createCustomAgent(name: string, builder: (start: AgentOptions) => AgentOptions): Agent {
    return new Agent({ ...builder({ name }), name });
  }

  createAgentTeam(configs: readonly AgentOptions[]): Agent[] {
    return configs.map((options) => new Agent(options));
  }

  cloneAgent(agent: Agent, newName: string, overrides: Overrides = {}): Agent {
    return agent.clone(newName, overrides);
  }

  getAvailablePresets(): string[] {
    return [...this.#presets.keys()];
  }

  getPresetPersonality(name: string): AgentPersonality | undefined {
    return this.#presets.get(name);
  }

  addPresetPersonality(name: string, personality: AgentPersonality): void {
    this.#presets.set(name, personality);
  }

  removePresetPersonality(name: string): boolean {
    return this.#presets.delete(name);
  }
}
