import type { Argv } from '@thalogos/contracts';

/** What is known of the files that a setup reads: all of them, or these and no others. */
export type SetupInputs =
  | { readonly kind: 'all' }
  | { readonly kind: 'some'; readonly paths: readonly string[] };

/** Files that say what is to be installed, and with what, wherever they lie. */
const MANIFESTS =
  /(?:^|\/)(?:package\.json|package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|pnpm-workspace\.yaml|yarn\.lock|bun\.lockb?|\.npmrc|\.yarnrc(?:\.yml)?|\.nvmrc|\.node-version|\.tool-versions|\.python-version|requirements[^/]*\.txt|constraints[^/]*\.txt|[^/]*\.patch)$/;
/** A program of the repository itself that an installer runs or asks. */
const ASKED = /(?:^|\/)(?:\.pnpmfile\.c?js|\.yarn\/|binding\.gyp$)/;
/** In a manifest: a script that runs at the installation, or a package that is copied from the repository. */
const RUNS =
  /"(?:pre|post)?(?:install|prepare|prepublish)"\s*:|["@](?:file|portal|link):|^\s*(?:-e|--editable|\.|file:)/m;

/** What the inputs are worked out from. */
export interface SetupFacts {
  readonly commands: readonly Argv[];
  /** The files of the commit. */
  readonly paths: readonly string[];
  /** What the project file says is read besides the manifests; empty where it says nothing. */
  readonly declared: readonly string[];
}

/**
 * Which files decide what a setup makes. Only of commands that are known to install packages, and of a setup whose
 * inputs the project file names, is less assumed than that any file may be read.
 */
export function setupInputs({ commands, paths, declared }: SetupFacts): SetupInputs {
  const isKnown = commands.every(isInstaller) && !paths.some((path) => ASKED.test(path));
  if (!isKnown && declared.length === 0) return { kind: 'all' };
  const named = new Set(commands.flat().map((word) => word.replace(/^\.\//, '')));
  const isDeclared = (path: string) =>
    declared.some((one) => path === one || path.startsWith(`${one.replace(/\/$/, '')}/`));
  return {
    kind: 'some',
    paths: paths.filter((path) => MANIFESTS.test(path) || named.has(path) || isDeclared(path)),
  };
}

/** Whether a manifest has something of the repository run or copied when it is installed from. */
export function runsSomething(path: string, content: string): boolean {
  return MANIFESTS.test(path) && RUNS.test(content);
}

/** Package managers called with flags alone, so that what they install is in the manifests. */
function isInstaller([program = '', ...args]: Argv): boolean {
  const [verb = 'install', ...rest] = args;
  const isPlain = rest.every((word) => word.startsWith('-'));
  switch (program) {
    case 'npm':
      return ['ci', 'install', 'i'].includes(verb) && isPlain;
    case 'pnpm':
    case 'yarn':
    case 'bun':
      return ['install', 'i'].includes(verb) && isPlain;
    case 'pip':
    case 'pip3':
      return verb === 'install' && rest[0] === '-r' && rest.length === 2;
    default:
      return false;
  }
}
