import { file, type MakeCase, type Names } from './case.ts';

const manifest = (dependencies: Readonly<Record<string, string>>) =>
  `${JSON.stringify({ name: 'app', version: '1.0.0', dependencies }, null, 2)}\n`;

function dependencies({ known, numbers }: Names): Record<string, string> {
  return sorted(Object.fromEntries(known.map((name, at) => [name, `^${at}.${numbers[0]}.0`])));
}

function sorted(record: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

const log = (...entries: readonly string[]) =>
  file('# Changes', '', '## Unreleased', '', ...entries, '- The first one');

/** Conflicts in what surrounds a program: manifests, change logs, settings and lists. */
export const CONFIGURATION: readonly MakeCase[] = [
  (names) => {
    const base = dependencies(names);
    const [a = '', b = ''] = names.added;
    const [ours, theirs] = [{ [a]: '^1.0.0' }, { [b]: '^2.0.0' }];
    return {
      name: 'both add a dependency',
      path: 'package.json',
      base: manifest(base),
      ours: manifest(sorted({ ...base, ...ours })),
      theirs: manifest(sorted({ ...base, ...theirs })),
      human: manifest(sorted({ ...base, ...ours, ...theirs })),
    };
  },
  (names) => {
    const base = dependencies(names);
    const [name = ''] = names.known;
    return {
      name: 'both raise one dependency, and the higher version is right',
      path: 'package.json',
      base: manifest(base),
      ours: manifest({ ...base, [name]: '^7.1.0' }),
      theirs: manifest({ ...base, [name]: '^8.0.0' }),
      human: manifest({ ...base, [name]: '^8.0.0' }),
    };
  },
  (names) => {
    const base = dependencies(names);
    const [gone = '', risen = ''] = Object.keys(base);
    const { [gone]: _, ...rest } = base;
    return {
      name: 'a dependency goes beside one that is raised',
      path: 'package.json',
      base: manifest(base),
      ours: manifest(rest),
      theirs: manifest({ ...base, [risen]: '^8.0.0' }),
      human: manifest({ ...rest, [risen]: '^8.0.0' }),
    };
  },
  ({ added: [a = '', b = ''] }) => ({
    name: 'both add an entry to a change log',
    path: 'CHANGELOG.md',
    base: log(),
    ours: log(`- The ${a} is faster`),
    theirs: log(`- The ${b} has a limit`),
    human: log(`- The ${a} is faster`, `- The ${b} has a limit`),
  }),
  ({ added: [a = '', b = ''] }) => ({
    name: 'an entry of the change log is written anew beside another that is added',
    path: 'CHANGELOG.md',
    base: log(`- Add ${a}`),
    ours: log(`- Add ${a}, which is off by default`),
    theirs: log(`- Add ${a}`, `- Add ${b}`),
    human: log(`- Add ${a}, which is off by default`, `- Add ${b}`),
  }),
  ({ known, added: [a = '', b = ''] }) => ({
    name: 'both add a pattern to an ignore file',
    path: '.gitignore',
    base: file(...known.map((name) => `/${name}`)),
    ours: file(...known.map((name) => `/${name}`), `/${a}`),
    theirs: file(...known.map((name) => `/${name}`), `/${b}`),
    human: file(...known.map((name) => `/${name}`), `/${a}`, `/${b}`),
  }),
  ({ numbers: [a, b, c] }) => {
    const settings = (host: string, port: number) =>
      file('[server]', `host = "${host}"`, `port = ${port}`, `wait = ${c}`);
    return {
      name: 'neighbouring settings, one changed by each side',
      path: 'config.toml',
      base: settings('localhost', 8000 + a),
      ours: settings('localhost', 9000 + b),
      theirs: settings('0.0.0.0', 8000 + a),
      human: settings('0.0.0.0', 9000 + b),
    };
  },
  ({ numbers: [a, b] }) => {
    const settings = (least: number, most: number) => file('[pool]', `min = ${least}`, `max = ${most}`);
    return {
      name: 'neighbouring settings that limit each other, so that one has to follow',
      path: 'config.toml',
      base: settings(1, 10),
      ours: settings(100 + a, 100 + a),
      theirs: settings(1, 20 + (b % 10)),
      human: settings(20 + (b % 10), 20 + (b % 10)),
    };
  },
  ({ known, added: [a = '', b = ''] }) => ({
    name: 'both add a word to a sorted list',
    path: 'words.lst',
    base: file(...known.toSorted()),
    ours: file(...[...known, a].toSorted()),
    theirs: file(...[...known, b].toSorted()),
    human: file(...[...known, a, b].toSorted()),
  }),
  ({ added: [a = '', b = ''], numbers: [port] }) => ({
    name: 'both add a page about the project',
    path: 'README.md',
    base: null,
    ours: file(`# ${a}`, '', `It listens on ${port}.`),
    theirs: file(`# ${b}`, '', 'It is a service.'),
    human: file(`# ${a}`, '', `It is a service that listens on ${port}.`),
  }),
];
