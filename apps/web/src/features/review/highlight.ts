/** A text to be coloured, by the name that its answer carries. */
export interface HighlightWish {
  readonly id: number;
  readonly language: string;
  readonly text: string;
}

/** The parts of a line: how many letters, and which token of our theme; empty for plain text. */
export type ColoredLine = readonly (readonly [length: number, token: string])[];

/** What came of a wish; empty where the text can't be coloured. */
export interface HighlightAnswer {
  readonly id: number;
  readonly lines: readonly ColoredLine[];
}

const ENDINGS: Readonly<Record<string, string>> = {
  ...{ ts: 'typescript', mts: 'typescript', cts: 'typescript', tsx: 'tsx' },
  ...{ js: 'javascript', mjs: 'javascript', cjs: 'javascript', jsx: 'jsx', json: 'json', jsonc: 'json' },
  ...{
    py: 'python',
    rb: 'ruby',
    rs: 'rust',
    go: 'go',
    java: 'java',
    kt: 'kotlin',
    kts: 'kotlin',
    scala: 'scala',
  },
  ...{
    c: 'c',
    h: 'c',
    cc: 'cpp',
    cpp: 'cpp',
    cxx: 'cpp',
    hpp: 'cpp',
    cs: 'csharp',
    swift: 'swift',
    dart: 'dart',
  },
  ...{ php: 'php', lua: 'lua', ex: 'elixir', exs: 'elixir', hs: 'haskell', sql: 'sql', proto: 'proto' },
  ...{ sh: 'shellscript', bash: 'shellscript', zsh: 'shellscript', mk: 'make', dockerfile: 'docker' },
  ...{
    css: 'css',
    scss: 'scss',
    html: 'html',
    htm: 'html',
    vue: 'vue',
    svelte: 'svelte',
    xml: 'xml',
    svg: 'xml',
  },
  ...{
    md: 'markdown',
    markdown: 'markdown',
    yml: 'yaml',
    yaml: 'yaml',
    toml: 'toml',
    ini: 'ini',
    graphql: 'graphql',
    gql: 'graphql',
  },
};
const NAMES: Readonly<Record<string, string>> = { Dockerfile: 'docker', Makefile: 'make', Gemfile: 'ruby' };

/** The language of a file by its name; null for one that stays plain. */
export function languageOf(path: string): string | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return NAMES[name] ?? ENDINGS[name.slice(name.lastIndexOf('.') + 1).toLowerCase()] ?? null;
}
