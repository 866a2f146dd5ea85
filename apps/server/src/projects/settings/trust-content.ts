import { createHash } from 'node:crypto';
import {
  CONFLICT_DEFAULTS,
  CONFLICT_POLICIES,
  type ConflictConfig,
  type ProjectConfig,
  type Trust,
} from '@thalogos/contracts';

/** What a project file wants to execute or loosen, and the hash by which a person trusts exactly that. */
export type TrustContent = Omit<Trust, 'trusted'>;

/** Gathers everything in a project file that runs something or lifts a limit; changing any of it changes the hash. */
export function trustContent(config: ProjectConfig): TrustContent {
  const { setup, cleanup, checks, generated, approve, agents, conflicts } = config;
  return {
    hash: hashOf({ setup, cleanup, checks, generated, approve, agents, conflicts, ...outward(config) }),
    executes: [
      ...setup.map((command) => ({ what: 'setup', command })),
      ...cleanup.map((command) => ({ what: 'cleanup', command })),
      ...checks.map(({ name, command }) => ({ what: `check ${name}`, command })),
      ...(config.preview === undefined ? [] : [{ what: 'preview', command: config.preview.command }]),
      ...generated.map(({ files, command }) => ({ what: `rebuild ${files.join(', ')}`, command })),
    ],
    loosens: [
      ...approve.map((pattern) => `what touches only ${pattern} enters a Save without a person's approval`),
      ...Object.entries(agents).map(([name, value]) => `agent ${name}: ${JSON.stringify(value)}`),
      ...loosenedRules(conflicts),
      ...sayOutward(config),
    ],
  };
}

/** What leaves this machine, and what came later; a file without them keeps the hash that it had before. */
function outward({ remote, forge, preview }: ProjectConfig): object {
  return {
    ...(preview === undefined ? {} : { preview }),
    ...(remote.push === 'none' ? {} : { remote }),
    ...(forge === undefined ? {} : { forge }),
  };
}

function sayOutward({ remote, forge }: ProjectConfig): readonly string[] {
  const pushed =
    remote.push === 'none'
      ? []
      : [`the integration branch of every session is pushed to the remote ${remote.name}`];
  return forge === undefined
    ? pushed
    : [...pushed, `results are read from ${forge.url} (${forge.repository}), with the forge's token`];
}

/** What is settled without a person beyond what is by default; what a project switches off loosens nothing. */
function loosenedRules({ policies, union }: ConflictConfig): string[] {
  const added = CONFLICT_POLICIES.filter((name) => policies[name] === true && !CONFLICT_DEFAULTS[name]);
  const joined = policies.union === false ? [] : union;
  return [
    ...added.map((name) => `conflicts are settled without a person by the rule ${name}`),
    ...joined.map((pattern) => `conflicts in ${pattern} are settled by keeping the lines of both sides`),
  ];
}

/** Whether there is nothing that a person would have to trust. */
export function isHarmless({ executes, loosens }: TrustContent): boolean {
  return executes.length === 0 && loosens.length === 0;
}

/** sha256 over the value as JSON whose keys are in alphabetical order, so that writing order does not matter. */
function hashOf(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(value)))
    .digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
