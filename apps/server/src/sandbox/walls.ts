import { dirname, join, sep } from 'node:path';

/** What a contained process sees of the machine. All paths are absolute and without links. */
export interface Walls {
  /** Where it works: writable. */
  readonly cwd: string;
  /** Whether the rest of the system can be written, as far as the person may; what is hidden stays hidden. */
  readonly systemIsWritable: boolean;
  /** Folders of which it sees nothing. */
  readonly hidden: readonly string[];
  /** What it can read, also inside hidden folders. */
  readonly readable: readonly string[];
  /** What it can write, also inside hidden folders. */
  readonly writable: readonly string[];
  /** What it can't write, also inside `cwd`. */
  readonly locked: readonly string[];
  readonly network: boolean;
  /** For a person who is root: the agent runs as nobody, so that it may map users again and CLIs that refuse root start. */
  readonly asNobody: boolean;
}

const NOBODY = '65534';

/** A hidden folder is empty memory in which mount points are made; nobody is to fill it. */
const HIDDEN_BYTES = '1048576';

/**
 * The arguments of `bwrap` for these walls; later ones win, so what is hidden comes first and what is locked last.
 *
 * Everything ends with the process that started it (`--die-with-parent`) and with its first process (own PID
 * namespace), daemons included. No capability is left, and none can be had back.
 */
export function bubblewrapArguments(walls: Walls): readonly string[] {
  const { cwd, network, asNobody } = walls;
  return [
    ...['--unshare-user', '--unshare-pid', '--unshare-ipc', '--unshare-uts', '--unshare-cgroup-try'],
    ...(network ? [] : ['--unshare-net']),
    ...['--cap-drop', 'ALL', '--die-with-parent', '--new-session'],
    ...(asNobody ? ['--uid', NOBODY, '--gid', NOBODY] : []),
    ...[walls.systemIsWritable ? '--bind' : '--ro-bind', '/', '/'],
    ...['--dev', '/dev', '--proc', '/proc'],
    ...outermost(walls.hidden).flatMap((path) => ['--size', HIDDEN_BYTES, '--tmpfs', path]),
    ...walls.readable.flatMap((path) => ['--ro-bind-try', path, path]),
    ...[cwd, ...walls.writable].flatMap((path) => ['--bind', path, path]),
    ...walls.locked.flatMap((path) => ['--ro-bind-try', path, path]),
    ...['--chdir', cwd, '--'],
  ];
}

/** A folder inside one that is hidden needs no hiding of its own, and would only be made in it. */
export function outermost(folders: readonly string[]): readonly string[] {
  const unique = [...new Set(folders)];
  return unique.filter((folder) => !unique.some((other) => other !== folder && isWithin(folder, other)));
}

/** Whether a path is a folder or something in it. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}

/**
 * What has to be readable for a program to start: everything it was installed with.
 *
 * A package of npm needs its neighbours, so the folder with the outermost `node_modules` is shown; a program in
 * `bin` needs the `lib` beside it. Never more than `bin` of a folder that holds the person's other things.
 */
export function installationOf(program: string, home: string): string {
  const modules = program.indexOf(`${sep}node_modules${sep}`);
  if (modules > 0) return join(program.slice(0, modules), 'node_modules');
  const folder = dirname(program);
  const prefix = dirname(folder);
  const holdsMore = isWithin(home, prefix) || [join(home, '.local'), join(home, '.config')].includes(prefix);
  return folder.endsWith(`${sep}bin`) && !holdsMore ? prefix : folder;
}
