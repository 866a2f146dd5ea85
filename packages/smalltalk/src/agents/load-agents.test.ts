import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SmallTalk } from '../small-talk.ts';
import { makeScratchFolder } from '../test-scratch.ts';
import { loadAgent, loadAgents } from './load-agents.ts';
import { createAgentManifestTemplate } from './manifest-template.ts';
import { readManifest } from './read-manifest.ts';

let scratch: ReturnType<typeof makeScratchFolder>;

beforeEach(() => (scratch = makeScratchFolder()));
afterEach(() => scratch.remove());

function write(name: string, text: string): string {
  const file = join(scratch.folder, name);
  writeFileSync(file, text);
  return file;
}

const WHOLE = `config:
  name: Tutor
  provider: groq
  model: llama
  personality: teacher
  systemPrompt: replaced by the file
  systemPromptFile: prompts/tutor.md
  temperature: 0.2
  tools: [search]
  promptTemplates:
    hint: "Hint: {{topic}}"
  promptTemplateFiles:
    quiz: prompts/quiz.md
capabilities:
  taskTypes: [teaching]
  complexity: expert
  contextAwareness: 0.9
metadata:
  version: 1.2.0
eventReplay:
  policy: full
  topics: ["task:*"]
  maxEvents: 20
`;

describe('a manifest', () => {
  it('makes an agent, with the prompts that stand beside it', async () => {
    mkdirSync(join(scratch.folder, 'prompts'));
    write('prompts/tutor.md', 'Teach one step at a time.');
    write('prompts/quiz.md', 'A quiz on {{topic}}.');
    const file = write('tutor.yaml', WHOLE);
    expect(await readManifest(file)).toEqual({
      file,
      config: {
        name: 'Tutor',
        provider: 'groq',
        model: 'llama',
        personality: 'teacher',
        systemPrompt: 'Teach one step at a time.',
        temperature: 0.2,
        tools: ['search'],
        promptTemplates: { hint: 'Hint: {{topic}}', quiz: 'A quiz on {{topic}}.' },
      },
      capabilities: { taskTypes: ['teaching'], complexity: 'expert', contextAwareness: 0.9 },
      metadata: { version: '1.2.0' },
      eventReplay: { policy: 'full', topics: ['task:*'], maxEvents: 20 },
    });
    const { agent } = await loadAgent(file);
    expect([agent.capabilities.complexity, agent.getPromptTemplate('quiz')?.variables]).toEqual([
      'expert',
      ['topic'],
    ]);
  });

  it.each([
    ['config:\n  name: A\n  temperature: 9\n', 3, 'config.temperature: Too big: expected number to be <=2'],
    ['config:\n  name: A\ncapabilities:\n  complexity: huge\n', 4, 'capabilities.complexity: Invalid option'],
    [
      'config:\n  name: A\ncapabilities:\n  contextAwareness: 2\n',
      4,
      'capabilities.contextAwareness: Too big',
    ],
    ['config:\n  name: A\n  colour: red\n', 3, 'config.colour: Unrecognized key'],
    ['config:\n  model: x\n', 2, 'config.name: Invalid input: expected string, received undefined'],
    ['metadata: {}\n', 1, 'config: Invalid input: expected object, received undefined'],
    [
      'config:\n  name: A\n  systemPromptFile: gone.md\n',
      3,
      'config.systemPromptFile: the file gone.md cannot be read',
    ],
    ['config:\n  name: A\n  systemPromptFile: ../x.md\n', 3, '../x.md is outside the manifest'],
    ['config:\n  name: A\neventReplay: sometimes\n', 3, 'eventReplay'],
    ['config:\n  name: "A\n', 3, 'Missing closing "quote'],
    ['config: [\n', 2, ''],
  ])('that is wrong says in which line: %j', async (text, line, what) => {
    const file = write('wrong.yaml', text);
    const reading = readManifest(file);
    await expect(reading).rejects.toThrow(`${file}:${String(line)}: `);
    await expect(reading).rejects.toThrow(what);
  });

  it('that is JSON has lines as well', async () => {
    const file = write('wrong.json', '{\n  "config": {\n    "name": "A",\n    "maxTokens": -1\n  }\n}\n');
    await expect(readManifest(file)).rejects.toThrow(`${file}:4: config.maxTokens: Too small`);
  });

  it('that is not there is said to be so', async () => {
    await expect(readManifest(join(scratch.folder, 'no.yaml'))).rejects.toThrow(
      'no.yaml: the manifest cannot be read',
    );
  });

  it.each(['yaml', 'json'] as const)('begins with a template, which is valid: %s', async (format) => {
    const file = write(`new.${format}`, createAgentManifestTemplate('Newcomer', format));
    expect((await loadAgent(file)).agent.name).toBe('Newcomer');
  });

  it('whose agent could not be made names its file', async () => {
    const file = write('bad.yaml', 'config:\n  name: "@home"\n');
    await expect(loadAgent(file)).rejects.toThrow(`${file}: An agent's name is`);
  });
});

describe('a folder of manifests', () => {
  it('is taken in whole, with the replay policies, and not at all when one is wrong', async () => {
    write('b.yml', 'config:\n  name: B\neventReplay: none\n');
    write('a.json', '{"config":{"name":"A"},"eventReplay":"critical_only"}');
    write('notes.txt', 'nothing');
    const talk = new SmallTalk({ environment: {} });
    expect((await talk.loadAgentsFromDirectory(scratch.folder)).map(({ name }) => name)).toEqual(['A', 'B']);
    expect([talk.events.getReplayPolicy('A'), talk.events.getReplayPolicy('B')]).toEqual([
      'critical-only',
      'none',
    ]);

    write('c.yaml', 'config: {}\n');
    await expect(loadAgents(scratch.folder)).rejects.toThrow('c.yaml:1: config.name');
    const other = new SmallTalk({ environment: {} });
    await expect(other.loadAgentsFromDirectory(scratch.folder)).rejects.toThrow('c.yaml');
    await expect(talk.addAgentFromFile(join(scratch.folder, 'b.yml'))).rejects.toThrow(
      'There is an agent B already',
    );
    expect(other.listAgents()).toEqual([]);
  });
});
