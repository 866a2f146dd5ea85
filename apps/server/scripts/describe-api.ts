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
  return {
    procedures: describeProcedures(makeRouter(NO_CALLS)),
    schemas: describeSchemas(
      exported.flatMap(([name, value]) => (value instanceof z.ZodType ? [{ name, schema: value }] : [])),
    ),
  };
}

/** Each under its name; what is made of others refers to them, so that a task is told once and not in every event. */
function describeSchemas(named: readonly { name: string; schema: z.ZodType }[]): Record<string, unknown> {
  const registry = z.registry<{ id: string }>();
  // A schema with two names is referred to by the last one, and the order of exports is the loader's.
  for (const { name, schema } of named.toSorted((a, b) => (a.name < b.name ? -1 : 1)))
    registry.add(schema, { id: name });
  const { schemas } = z.toJSONSchema(registry, {
    ...{ io: 'output', unrepresentable: 'any' },
    uri: (id) => `#/schemas/${id}`,
  });
  return Object.fromEntries(Object.entries(schemas).toSorted(([a], [b]) => (a < b ? -1 : 1)));
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
