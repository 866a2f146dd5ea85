import { type ConfigProblem, ProjectConfig } from '@thalogos/contracts';
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import { describeIssue } from './describe-issue.ts';
import { type SettingLines, whereSet } from './where-set.ts';

/** The largest project file that is read, in bytes. */
export const MAX_PROJECT_FILE = 1024 * 1024;

/** What a project file says; with any problem it says nothing, so that nothing is half applied. */
export interface ParsedProjectFile {
  readonly config: ProjectConfig;
  readonly problems: readonly ConfigProblem[];
  /** At which line each setting of the file stands. */
  readonly lines: SettingLines;
}

/** A project without a file. */
export const NO_PROJECT_FILE: ParsedProjectFile = {
  config: ProjectConfig.parse({}),
  problems: [],
  lines: {},
};

/** Where in a file something is. */
interface Place {
  readonly line: number;
  readonly column: number;
}

const START: Place = { line: 1, column: 1 };

/** Reads a project file: its settings with their defaults, or every problem with its line, column and what was expected. */
export function parseProjectFile(bytes: Uint8Array, file: string): ParsedProjectFile {
  if (bytes.byteLength > MAX_PROJECT_FILE) {
    return refused([{ file, ...START, message: 'The file is larger than 1 MB' }]);
  }
  const text = decode(bytes);
  if (text === null) return refused([{ file, ...START, message: 'The file is not UTF-8 text' }]);
  const lines = new LineCounter();
  const placeOf = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const read = readYaml(text, lines);
  if (read.kind === 'broken') {
    return refused(read.problems.map(({ offset, message }) => ({ file, ...placeOf(offset), message })));
  }
  const parsed = ProjectConfig.safeParse(read.value ?? {});
  if (parsed.success) {
    const set = whereSet(read.document, (offset) => placeOf(offset).line);
    return { config: parsed.data, problems: [], lines: set };
  }
  return refused(
    parsed.error.issues.flatMap((issue) =>
      describeIssue(issue).map(({ path, isKey, message }) => ({
        file,
        ...placeOf(offsetOf(read.document, path, isKey)),
        message,
      })),
    ),
  );
}

function refused(problems: readonly ConfigProblem[]): ParsedProjectFile {
  return {
    ...NO_PROJECT_FILE,
    problems: problems.toSorted((a, b) => a.line - b.line || a.column - b.column),
  };
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Reported as a problem of the file.
    return null;
  }
}

type Read =
  | { readonly kind: 'read'; readonly document: Document; readonly value: unknown }
  | { readonly kind: 'broken'; readonly problems: readonly { offset: number; message: string }[] };

function readYaml(text: string, lineCounter: LineCounter): Read {
  try {
    const document = parseDocument(text, {
      lineCounter,
      prettyErrors: false,
      uniqueKeys: true,
      version: '1.2',
    });
    if (document.errors.length > 0) {
      return {
        kind: 'broken',
        problems: document.errors.slice(0, 100).map(({ pos, message }) => ({ offset: pos[0], message })),
      };
    }
    // The limit on aliases stops the file that is small on disk and endless in memory.
    return { kind: 'read', document, value: document.toJS({ maxAliasCount: 100 }) };
  } catch (cause) {
    if (!(cause instanceof RangeError || cause instanceof ReferenceError)) throw cause;
    const message =
      cause instanceof RangeError ? 'The file is nested too deeply' : 'The file has too many aliases';
    return { kind: 'broken', problems: [{ offset: 0, message }] };
  }
}

/** Where the value (or the key) at a path begins; where it is missing, the nearest thing around it. */
function offsetOf(document: Document, path: readonly PropertyKey[], isKey: boolean): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const steps = path.slice(0, length);
    const key = isKey && length === path.length ? keyOffset(document, steps) : null;
    const node: unknown = length === 0 ? document.contents : document.getIn(steps, true);
    const offset = key ?? (isNode(node) ? node.range?.[0] : undefined);
    if (offset !== undefined) return offset;
  }
  return 0;
}

function keyOffset(document: Document, path: readonly PropertyKey[]): number | null {
  const map: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(map)) return null;
  const pair = map.items.find(({ key }) => isScalar(key) && String(key.value) === String(path.at(-1)));
  return isScalar(pair?.key) ? (pair.key.range?.[0] ?? null) : null;
}
