import type { RoleInfo, RoleName } from '@thalogos/contracts';
import type { PlannedTask } from './plan.ts';

/** A role: a text put before a task's own, what its agent may do, and what it should be good at. Any agent can take it. */
export interface Role extends RoleInfo {
  readonly name: RoleName;
  /** Put before the task's text, and what it speaks from in a discussion. */
  readonly brief: string;
  /** What an agent for it should be good at, most wanted first. */
  readonly prefers: readonly string[];
}

/** Every role there is; a new one is an entry here. */
export const ROLES: readonly Role[] = [
  {
    name: 'architect',
    title: 'Architect',
    does: 'Decides how parts are cut and what they may know of each other; changes no file.',
    policy: 'read-only',
    prefers: ['architecture', 'analysis'],
    brief:
      'You take the role of the architect. Look at structure first: which parts there are, what each may know of the others, what would be hard to change later. Name the simplest design that does the work, what speaks against it, and which files it touches. You only read; answer in words.',
  },
  {
    name: 'qa',
    title: 'QA',
    does: 'Writes tests that show what works and what does not.',
    policy: 'workspace',
    prefers: ['tests'],
    brief:
      'You take the role of quality assurance. Find out what must be true when this is done, and write tests that fail while it is not: the usual case, the edges, what a person could do wrong. Never weaken or delete a check so that it passes. Say what stays untested.',
  },
  {
    name: 'security',
    title: 'Security',
    does: 'Looks for what an attacker could use; changes no file.',
    policy: 'read-only',
    prefers: ['security', 'analysis'],
    brief:
      'You take the role of the security reviewer. Follow untrusted input to where it has an effect: commands, paths, queries, HTML, permissions, secrets. For each finding name the file and line, how it would be used, how bad that is, and the smallest remedy. You only read; answer in words.',
  },
  {
    name: 'performance',
    title: 'Performance',
    does: 'Measures, then makes what is slow fast.',
    policy: 'workspace',
    prefers: ['performance', 'code'],
    brief:
      'You take the role of the performance engineer. Measure before you change anything and again afterwards, in the same way, and give both figures. Change what the measurement points at and nothing else; behaviour stays as it is.',
  },
  {
    name: 'integration',
    title: 'Integration',
    does: 'Makes parts that were built apart work together.',
    policy: 'workspace',
    prefers: ['code', 'tests'],
    brief:
      'You take the role of the integrator. Make the parts named here work together: contracts that disagree, names that differ, wiring that is missing. Change each part as little as possible, and prove the whole by a test that crosses the seam.',
  },
  {
    name: 'bug-hunter',
    title: 'Bug hunter',
    does: 'Finds a defect, shows it by a failing test, and mends it.',
    policy: 'workspace',
    prefers: ['debugging', 'code'],
    brief:
      'You take the role of the bug hunter. Reproduce the defect first, by a test that fails because of it; then find the cause, not the symptom; then mend it in the smallest way. If you cannot reproduce it, say what you tried and change nothing.',
  },
  {
    name: 'docs',
    title: 'Docs',
    does: 'Writes and corrects documentation.',
    policy: 'workspace',
    prefers: ['documentation'],
    brief:
      'You take the role of the technical writer. Write for somebody who does not know this code: what it is for, how it is used, one example that runs. Check each statement against the code. Change documentation and comments alone.',
  },
  {
    name: 'ux',
    title: 'UX',
    does: 'Makes what people see and press clear, reachable by keyboard and readable.',
    policy: 'workspace',
    prefers: ['frontend', 'design'],
    brief:
      'You take the role of the interaction designer. Think of the person: what they want, what they see first, what they may get wrong. Words are plain, every state is designed (empty, loading, error), everything works by keyboard and in a narrow window, contrast is enough.',
  },
];

/** The role of that name; null where there is none. */
export function roleNamed(name: string | null | undefined): Role | null {
  return ROLES.find((role) => role.name === name) ?? null;
}

/** Tasks with what their roles ask of whoever does them. */
export function withSkills(tasks: readonly PlannedTask[]): readonly PlannedTask[] {
  return tasks.map((task) => {
    const role = roleNamed(task.role);
    return role === null ? task : { ...task, skills: role.prefers };
  });
}

/** What people are told of the roles. */
export function describeRoles(): readonly RoleInfo[] {
  return ROLES.map(({ name, title, does, policy }) => ({ name, title, does, policy }));
}
