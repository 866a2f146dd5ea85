import * as contracts from '@thalogos/contracts';
import { z } from 'zod';
import { ROLES, reaches } from '../src/access/role.ts';
import { describeProcedures, type ProcedureDescription } from '../src/api/procedures.ts';
import { type Calls, makeRouter } from '../src/api/router.ts';

/** The API as data: what can be called, and what everything that crosses the seam looks like. */
export interface ApiDescription {
  readonly procedures: readonly ProcedureDescription[];
  /** JSON schemas of the contracts, by name. */
  readonly schemas: Readonly<Record<string, unknown>>;
}

/** The routes beside the procedures, with the least role that each needs. */
const ROUTES = [
  { route: 'GET /events', role: 'viewer' },
  { route: 'GET /metrics', role: 'viewer' },
  { route: 'POST /auth/exchange', role: null },
  { route: 'GET /health', role: null },
  { route: 'GET /ready', role: null },
  { route: 'GET /* (the console)', role: null },
] as const;

/** Stands for use cases that are never called: the router is only looked at. */
const NO_CALLS = z.custom<Calls>().parse({});

/** Describes the API as the code has it. */
export function describeApi(): ApiDescription {
  const exported: readonly [string, unknown][] = Object.entries(contracts);
  const schemas = exported
    .flatMap(([name, value]) => (value instanceof z.ZodType ? [{ name, schema: value }] : []))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(
      ({ name, schema }) => [name, z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' })] as const,
    );
  return {
    procedures: describeProcedures(makeRouter(NO_CALLS)),
    schemas: Object.fromEntries<unknown>(schemas),
  };
}

/** The table of roles and procedures, in Markdown. */
export function describeRoles(procedures: readonly ProcedureDescription[]): string {
  const marks = (role: (typeof ROLES)[number] | null) =>
    ROLES.map((each) => (role === null || reaches(each, role) ? 'yes' : '-'));
  const rows = [
    ...procedures.map(({ path, type, role }) => [
      `\`${path}\``,
      `${type === 'query' ? 'GET' : 'POST'} /trpc`,
      ...marks(role),
    ]),
    ...ROUTES.map(({ route, role }) => [
      `\`${route}\``,
      role === null ? 'open, no token' : 'token',
      ...marks(role),
    ]),
  ];
  const table = [['call', 'by', ...ROLES], ['---', '---', ...ROLES.map(() => '---')], ...rows];
  return `# Who may call what\n\nWritten by \`node apps/server/scripts/write-api-docs.ts\` from the router; a test compares the two.\n\n${table.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`;
}
