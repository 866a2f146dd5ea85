import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { AgentManifest } from '../types/agent-manifest.ts';
import { ValidationError } from '../types/errors.ts';
import { ManifestFile } from './manifest-schema.ts';

/** A manifest that cannot be used: what is wrong with it, and where. */
export class ManifestError extends ValidationError {
  readonly file: string;
  /** 1 is the first; undefined where the file itself is the trouble. */
  readonly line: number | undefined;

  constructor(file: string, { line, what, field, cause }: ManifestFault) {
    super(
      `${file}${line === undefined ? '' : `:${String(line)}`}: ${what}`,
      field === undefined ? [] : [field],
      cause,
    );
    this.file = file;
    this.line = line;
  }
}

type ManifestFault = {
  readonly line?: number | undefined;
  readonly what: string;
  readonly field?: string | undefined;
  readonly cause?: unknown;
};

/**
 * Reads an agent's manifest, YAML or JSON, with the prompt files that it names, whose paths start at its folder and may
 * not leave it.
 *
 * @throws ManifestError with the file and the line of the first thing that is wrong.
 */
export async function readManifest(file: string): Promise<AgentManifest> {
  const { value, lineOf } = parse(file, await read(file, file));
  const parsed = ManifestFile.safeParse(value);
  if (!parsed.success) throw toError(file, parsed.error, lineOf);
  const { config, capabilities = {}, metadata = {}, eventReplay } = parsed.data;
  const { systemPromptFile, promptTemplateFiles = {}, ...rest } = config;
  const readBeside = (path: string, field: readonly PropertyKey[]) =>
    readPrompt({ file, path, line: lineOf(field), field: field.join('.') });
  const templates = await Promise.all(
    Object.entries(promptTemplateFiles).map(
      async ([name, path]) =>
        [name, await readBeside(path, ['config', 'promptTemplateFiles', name])] as const,
    ),
  );
  return {
    file,
    config: {
      ...rest,
      ...(systemPromptFile === undefined
        ? {}
        : { systemPrompt: await readBeside(systemPromptFile, ['config', 'systemPromptFile']) }),
      ...(rest.promptTemplates === undefined && templates.length === 0
        ? {}
        : { promptTemplates: { ...rest.promptTemplates, ...Object.fromEntries(templates) } }),
    },
    capabilities,
    metadata,
    ...(eventReplay === undefined ? {} : { eventReplay }),
  };
}

type LineOf = (path: readonly PropertyKey[]) => number;

/** JSON is read as YAML, which it is, so that its faults have lines as well. */
function parse(file: string, text: string): { readonly value: unknown; readonly lineOf: LineOf } {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const lineAt = (offset: number) => Math.max(1, lineCounter.linePos(offset).line);
  const [error] = document.errors;
  if (error !== undefined)
    throw new ManifestError(file, { line: lineAt(error.pos[0]), what: error.message, cause: error });
  return {
    value: document.toJS({ maxAliasCount: 100 }),
    lineOf: (path) => lineAt(offsetOf(document, path)),
  };
}

/** Where a field stands, or else what holds it. */
function offsetOf(document: ReturnType<typeof parseDocument>, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range))
      return Number(node.range[0]);
  }
  return 0;
}

function toError(file: string, error: z.ZodError, lineOf: LineOf): ManifestError {
  const [issue] = error.issues;
  const path = issue?.path ?? [];
  const extra = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const field = [...path, ...(extra === undefined ? [] : [extra])];
  const where = field.length === 0 ? '' : `${field.map(String).join('.')}: `;
  const what = `${where}${issue?.message ?? 'is not valid'}`;
  return new ManifestError(file, {
    line: lineOf(field),
    what,
    field: field.map(String).join('.'),
    cause: error,
  });
}

async function readPrompt({
  file,
  path,
  line,
  field,
}: {
  file: string;
  path: string;
  line: number;
  field: string;
}): Promise<string> {
  const folder = dirname(resolve(file));
  const target = resolve(folder, path);
  const way = relative(folder, target);
  if (way.startsWith('..') || isAbsolute(way))
    throw new ManifestError(file, {
      line,
      field,
      what: `${field}: ${path} is outside the manifest's folder`,
    });
  try {
    return await readFile(target, 'utf8');
  } catch (cause) {
    throw new ManifestError(file, { line, field, what: `${field}: the file ${path} cannot be read`, cause });
  }
}

async function read(file: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new ManifestError(file, { what: 'the manifest cannot be read', cause });
  }
}
