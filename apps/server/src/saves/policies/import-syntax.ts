/** One import on one line, taken apart. */
export interface ImportLine {
  /** Everything but the list of names, by which two lines import from the same place in the same way. */
  readonly frame: readonly [before: string, after: string];
  /** Where it imports from. */
  readonly source: string;
  /** The names of a list that can grow; null for an import without one. */
  readonly names: readonly string[] | null;
  /** The names that the file has afterwards. */
  readonly binds: readonly string[];
}

/** How a language writes an import on one line; null for a line that is anything else. */
export type ImportSyntax = (line: string) => ImportLine | null;

const SYNTAX: readonly (readonly [files: RegExp, syntax: ImportSyntax])[] = [
  [/\.[cm]?[jt]sx?$/, ecmaScript],
  [/\.pyi?$/, python],
  [/\.rs$/, rust],
  [/\.go$/, go],
];

/** How the language of a file writes imports; null for one that is not known. */
export function importSyntaxOf(path: string): ImportSyntax | null {
  return SYNTAX.find(([files]) => files.test(path))?.[1] ?? null;
}

function ecmaScript(line: string): ImportLine | null {
  return ecmaScriptList(line) ?? ecmaScriptWhole(line) ?? ecmaScriptEverything(line);
}

function ecmaScriptList(line: string): ImportLine | null {
  const list = /^((?:import|export)(?: type)? \{)([^{}]*)(\} from (['"])([^'"]+)\4;?)$/.exec(line);
  if (list === null) return null;
  const [, before = '', inner = '', after = '', , source = ''] = list;
  // What an export names is not bound here, but naming it twice is as wrong.
  return listed({ before, inner, after, source }, (name) =>
    name
      .split(/\s+as\s+/)
      .at(-1)
      ?.replace(/^type\s+/, ''),
  );
}

function ecmaScriptWhole(line: string): ImportLine | null {
  const whole = /^import (?:type )?([\w$]+|\* as [\w$]+) from (['"])([^'"]+)\2;?$/.exec(line);
  if (whole === null) return null;
  const [, clause = '', , source = ''] = whole;
  return { frame: [line, ''], source, names: null, binds: [clause.replace('* as ', '')] };
}

function ecmaScriptEverything(line: string): ImportLine | null {
  const source = /^export \* from (['"])([^'"]+)\1;?$/.exec(line)?.[2];
  return source === undefined ? null : { frame: [line, ''], source, names: null, binds: [`* ${source}`] };
}

function python(line: string): ImportLine | null {
  const [, from = '', inner = ''] = /^from ([\w.]+) import ([\w, ]+)$/.exec(line) ?? [];
  if (from !== '' && from !== '__future__')
    return listed({ before: `from ${from} import `, inner, after: '', source: from }, (name) =>
      name.split(' as ').at(-1),
    );
  const [, module = '', alias] = /^import ([\w.]+)(?: as (\w+))?$/.exec(line) ?? [];
  // `import a.b` and `import a.c` both bind `a`, and that is fine.
  return module === '' ? null : { frame: [line, ''], source: module, names: null, binds: [alias ?? module] };
}

function rust(line: string): ImportLine | null {
  const list = /^(\s*(?:pub(?:\([^)]*\))? )?use ([\w:]+)::\{)([^{}*]*)(\};)$/.exec(line);
  if (list === null) return rustWhole(line);
  const [, before = '', source = '', inner = '', after = ''] = list;
  return listed({ before, inner, after, source }, (name) => name.split(' as ').at(-1)?.split('::').at(-1));
}

function rustWhole(line: string): ImportLine | null {
  const [, path, alias] = /^\s*(?:pub(?:\([^)]*\))? )?use ([\w:]+)(?: as (\w+))?;$/.exec(line) ?? [];
  if (path === undefined) return null;
  return { frame: [line, ''], source: path, names: null, binds: [alias ?? path.split('::').at(-1) ?? ''] };
}

/** A line of an import block, or an import of its own. */
function go(line: string): ImportLine | null {
  const [, alias = '', source = ''] = /^(?:\t|import )([\w.]+ )?"([^"]+)"$/.exec(line) ?? [];
  if (source === '' || /^[._] $/.test(alias)) return null;
  return {
    frame: [line, ''],
    source,
    names: null,
    binds: [alias === '' ? (source.split('/').at(-1) ?? '') : alias.trim()],
  };
}

function listed(
  { before, inner, after, source }: { before: string; inner: string; after: string; source: string },
  bound: (name: string) => string | undefined,
): ImportLine | null {
  const names = inner.split(',').map((name) => name.trim());
  // A trailing comma is the sign of a list that is written otherwise.
  if (names.some((name) => name === '')) return null;
  return { frame: [before, after], source, names, binds: names.map((name) => bound(name) ?? name) };
}
