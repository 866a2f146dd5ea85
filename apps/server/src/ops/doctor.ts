import type { AgentInfo, DoctorCheck } from '@thalogos/contracts';
import { compareVersions } from '../platform/compare-versions.ts';

/** What the doctor looks at; each finding is null when the thing is not there. */
export interface Findings {
  readonly node: string;
  readonly git: string | null;
  readonly sshKeygen: boolean;
  readonly stdbuf: boolean;
  readonly sqlite: string;
  /** Bytes that are free where the data directory is. */
  readonly freeBytes: number;
  readonly dataDirectory: { readonly path: string; readonly problem: string | null };
  readonly agents: readonly AgentInfo[];
  /** Whether the system, and not good manners, keeps agents in their worktrees. */
  readonly contained: boolean;
  /** Why one task is tried at a time; null while tasks start as they come. */
  readonly degraded: string | null;
}

const NEEDED = { node: '22.14', git: '2.39', sqlite: '3.51.3', freeMegabytes: 500 } as const;

/** Turns findings into a report: each line says what was found, what is needed, and what mends it. */
export function diagnose(findings: Findings): readonly DoctorCheck[] {
  const { node, git, sqlite, dataDirectory } = findings;
  return [
    versionCheck({
      name: 'node',
      found: node,
      needed: NEEDED.node,
      fix: 'Install Node 24: https://nodejs.org',
    }),
    versionCheck({
      name: 'git',
      found: git,
      needed: NEEDED.git,
      fix: 'Install git 2.39 or newer with the system’s package manager',
    }),
    presenceCheck({
      name: 'ssh-keygen',
      isThere: findings.sshKeygen,
      needed: 'to sign checkpoints',
      fix: 'Install OpenSSH’s client (Debian: apt-get install openssh-client)',
    }),
    presenceCheck({
      name: 'stdbuf',
      isThere: findings.stdbuf,
      needed: 'to keep one git process merging',
      fix: 'Install coreutils',
    }),
    versionCheck({
      name: 'sqlite',
      found: sqlite,
      needed: NEEDED.sqlite,
      fix: 'Install the packages again: npm start',
    }),
    {
      name: 'containment',
      ok: findings.contained,
      found: findings.contained ? 'bubblewrap' : 'process groups only',
      needed: 'bubblewrap, to keep agents in their worktrees',
      fix: findings.contained
        ? null
        : 'Install bubblewrap (Debian: apt-get install bubblewrap), then start again',
    },
    diskCheck(findings),
    directoryCheck(dataDirectory),
    workCheck(findings),
    ...findings.agents.map(agentCheck),
  ];
}

function workCheck({ degraded }: Findings): DoctorCheck {
  return {
    name: 'agents at work',
    ok: degraded === null,
    found: degraded ?? 'tasks start as they come',
    needed: 'fewer than four agents that fail within 30 seconds',
    fix:
      degraded === null
        ? null
        : 'Mend what they have in common; a task that does well ends it, and so does: thalogos leave-degraded',
  };
}

function diskCheck({ freeBytes, dataDirectory }: Findings): DoctorCheck {
  const megabytes = Math.floor(freeBytes / (1024 * 1024));
  const ok = megabytes >= NEEDED.freeMegabytes;
  const fix = ok ? null : `Free space where ${dataDirectory.path} is`;
  return { name: 'disk', ok, found: `${megabytes} MB free`, needed: `${NEEDED.freeMegabytes} MB`, fix };
}

function directoryCheck({ path, problem }: Findings['dataDirectory']): DoctorCheck {
  const fix = problem === null ? null : `chmod 700 ${path}, or set THALOGOS_HOME to a folder of yours`;
  return {
    name: 'data directory',
    ok: problem === null,
    found: problem ?? path,
    needed: 'a folder that is yours, writable, mode 0700',
    fix,
  };
}

function versionCheck({
  name,
  found,
  needed,
  fix,
}: {
  name: string;
  found: string | null;
  needed: string;
  fix: string;
}): DoctorCheck {
  const ok = found !== null && isAtLeast(found, needed);
  return { name, ok, found: found ?? 'not found', needed: `${needed} or newer`, fix: ok ? null : fix };
}

function presenceCheck({
  name,
  isThere,
  needed,
  fix,
}: {
  name: string;
  isThere: boolean;
  needed: string;
  fix: string;
}): DoctorCheck {
  return { name, ok: isThere, found: isThere ? 'found' : 'not found', needed, fix: isThere ? null : fix };
}

/** An agent that is not installed is no fault of the machine: one is enough, and the scripted one is always there. */
function agentCheck(agent: AgentInfo): DoctorCheck {
  const { name, installed, healthy, version: found, minimum, fix } = agent;
  const version = minimum === null ? 'installed' : `${minimum.version} or newer`;
  const isOld = minimum !== null && found !== null && compareVersions(found, minimum.version) < 0;
  const why = isOld ? ` (${minimum.why})` : '';
  return {
    name: `agent ${name}`,
    ok: installed && healthy,
    found: installed ? sayFound(agent) : 'not installed',
    needed: `${version} and signed in, to be given tasks${why}`,
    fix,
  };
}

function sayFound({ version, signedIn, contained, isOn, limit }: AgentInfo): string {
  return [
    version ?? 'unknown version',
    signedIn ? 'signed in' : 'not signed in',
    contained ? 'contained' : 'not contained',
    ...(isOn ? [] : ['switched off']),
    ...(limit === null ? [] : [`at its limit until ${new Date(limit.until).toISOString()}`]),
  ].join(', ');
}

function isAtLeast(found: string, needed: string): boolean {
  const have = found.replace(/^v/, '').split('.').map(Number);
  for (const [index, part] of needed.split('.').map(Number).entries()) {
    const difference = (have[index] ?? 0) - part;
    if (difference !== 0) return difference > 0;
  }
  return true;
}
