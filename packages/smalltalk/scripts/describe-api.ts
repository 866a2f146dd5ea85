import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import {
  type Declaration,
  type Described,
  parseModule,
  readDeclarations,
  readExports,
} from './read-declarations.ts';

const SOURCE = join(import.meta.dirname, '../src');
const ENTRIES: Readonly<Record<string, string>> = {
  '@thalogos/smalltalk': 'index.ts',
  '@thalogos/smalltalk/conformance': 'conformance/index.ts',
  '@thalogos/smalltalk/evaluation': 'evaluation/index.ts',
};

const INTRODUCTION = `# SmallTalk: API reference

Every export with its signature and what its docstring says, made of the source by
\`pnpm --filter @thalogos/smalltalk api-reference\`; a test compares the two. How the parts are used:
[quick start](quickstart.md), [operations](operations.md), and the
[README of the package](../../packages/smalltalk/README.md).`;

/** The page of the API, as Markdown. */
export function describeApi(): string {
  return `${[INTRODUCTION, ...Object.entries(ENTRIES).map(describeEntry)].join('\n\n')}\n`;
}

function describeEntry([name, entry]: readonly [string, string]): string {
  const folders = new Map<string, string[]>();
  const home = dirname(join(SOURCE, entry));
  const modules = new Map<string, ReturnType<typeof parseFile>>();
  for (const { name: exported, from } of readExports(parseFile(join(SOURCE, entry)))) {
    const file = join(home, from);
    const module = modules.get(file) ?? parseFile(file);
    modules.set(file, module);
    const declarations = readDeclarations(module, exported);
    if (declarations.length === 0) throw new Error(`${relative(SOURCE, file)} declares no ${exported}`);
    const folder = relative(SOURCE, dirname(file));
    folders.set(folder, [...(folders.get(folder) ?? []), describeExport(exported, declarations)]);
  }
  const parts = [...folders]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([folder, entries]) => [`### ${folder === '' ? 'the framework' : folder}`, ...entries].join('\n\n'));
  return [`## ${name}`, ...parts].join('\n\n');
}

function parseFile(file: string) {
  return parseModule(readFileSync(file, 'utf8'));
}

function describeExport(name: string, declarations: readonly Declaration[]): string {
  return [`#### ${name}`, ...declarations.map(describeDeclaration)].join('\n\n');
}

function describeDeclaration({ members, ...declared }: Declaration): string {
  const lines = members.map((member) => `- ${describeLine(member)}`);
  return [describeLine(declared), ...(lines.length === 0 ? [] : ['', ...lines])].join('\n');
}

function describeLine({ signature, doc }: Described): string {
  const code = signature.includes('`') ? `\`\` ${signature} \`\`` : `\`${signature}\``;
  return doc === '' ? code : `${code}: ${doc}`;
}
