import { expect, it } from 'vitest';
import { AgentFactory } from './agent-factory.ts';

it('makes agents of every preset, and of presets of one’s own', () => {
  const factory = new AgentFactory();
  expect(factory.getAvailablePresets()).toEqual([
    'helpful',
    'coding',
    'creative',
    'analytical',
    'casual',
    'teacher',
  ]);
  for (const preset of factory.getAvailablePresets())
    expect(factory.createFromPreset('A', preset).capabilities.expertise).toEqual(
      factory.getPresetPersonality(preset)?.expertise,
    );
  factory.addPresetPersonality('pirate', {
    name: 'pirate',
    description: 'A pirate',
    traits: ['loud'],
    communicationStyle: 'rough',
    expertise: ['ships'],
  });
  expect(factory.createFromPreset('Jack', 'pirate', { temperature: 1 }).getPersonality()?.traits).toEqual([
    'loud',
  ]);
  expect(factory.removePresetPersonality('pirate')).toBe(true);
  expect(() => factory.createFromPreset('Jack', 'pirate')).toThrow('Preset pirate does not exist');
});

it('makes assistants for code and for texts', () => {
  const factory = new AgentFactory();
  const coder = factory.createCodingAssistant();
  expect([coder.name, coder.toJSON()['temperature'], coder.capabilities.expertise.slice(0, 3)]).toEqual([
    'CodeHelper',
    0.3,
    ['javascript', 'typescript', 'python'],
  ]);
  expect(coder.getPromptTemplate('code_review')?.variables).toEqual(['language', 'code']);
  expect(coder.getPromptTemplate('debug_help')?.variables).toEqual(['error', 'code']);
  expect(factory.createWritingAssistant('W', 'academic').toJSON()['systemPrompt']).toContain('soberly');
});

it('makes teams, clones and agents by a function', () => {
  const factory = new AgentFactory();
  const team = factory.createAgentTeam([{ name: 'A' }, { name: 'B' }]);
  const clone = factory.cloneAgent(factory.createSimple('C', 'dry', { expertise: ['tea'] }), 'D', {
    maxTokens: 5,
  });
  const custom = factory.createCustomAgent('E', (start) => ({ ...start, name: 'ignored', temperature: 0 }));
  expect([...team, clone, custom].map(({ name }) => name)).toEqual(['A', 'B', 'D', 'E']);
  expect([clone.capabilities.expertise, clone.toJSON()['maxTokens']]).toEqual([['tea'], 5]);
});
