import type { AnyTRPCRouter } from '@trpc/server';
import { z } from 'zod';
import { ROLES, type Role } from '../access/role.ts';

/** One procedure as the outside sees it. */
export interface ProcedureDescription {
  /** `folder.verb`. */
  readonly path: string;
  readonly type: 'query' | 'mutation';
  readonly role: Role;
  /** JSON schema of the input; null for a call without one. */
  readonly input: unknown;
}

const Meta = z.object({ role: z.enum(ROLES) });
const Definition = z.object({
  type: z.enum(['query', 'mutation']),
  meta: z.unknown(),
  inputs: z.array(z.instanceof(z.ZodType)),
});

/** Lists every procedure with its role, in alphabetical order; throws for one that names none, or that is a subscription (events have a route of their own). */
export function describeProcedures(router: AnyTRPCRouter): readonly ProcedureDescription[] {
  const procedures = z.record(z.string(), z.unknown()).parse(router._def.procedures);
  return Object.entries(procedures)
    .map(([path, procedure]) => describe(path, procedure))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

function describe(path: string, procedure: unknown): ProcedureDescription {
  const parsed = Definition.safeParse(definitionOf(procedure));
  if (!parsed.success)
    throw new Error(`The procedure ${path} is not a plain query or mutation`, { cause: parsed.error });
  const { type, meta, inputs } = parsed.data;
  const stated = Meta.safeParse(meta);
  if (!stated.success) throw new Error(`The procedure ${path} does not say which role it needs`);
  const input = inputs.at(-1);
  return {
    path,
    type,
    role: stated.data.role,
    input: input === undefined ? null : z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }),
  };
}

function definitionOf(procedure: unknown): unknown {
  return typeof procedure === 'function' && '_def' in procedure ? procedure._def : undefined;
}
