import { initTRPC } from '@trpc/server';
import { type Actor, type Role, reaches } from '../access/role.ts';
import { Refusal } from '../platform/refusal.ts';
import { toErrorBody, toTrpcError } from './to-trpc-error.ts';

/** What every call knows about its caller. */
export interface CallContext {
  readonly actor: Actor;
}

/** What every procedure must say of itself; one without it fails at start. */
export interface ProcedureMeta {
  readonly role: Role;
}

const t = initTRPC
  .context<CallContext>()
  .meta<ProcedureMeta>()
  .create({
    errorFormatter: ({ shape, error }) => ({
      ...shape,
      message: toErrorBody(error).message,
      data: { ...shape.data, stack: undefined, body: toErrorBody(error) },
    }),
  });

/** Builds a folder of procedures. */
export const router = t.router;

/** The only way to make a procedure: it names the least role that may call it. */
export function procedure(role: Role) {
  return t.procedure.meta({ role }).use(async ({ ctx, next }) => {
    if (!reaches(ctx.actor.role, role)) {
      throw toTrpcError(
        new Refusal('forbidden', `This needs the role ${role}; ${ctx.actor.name} is ${ctx.actor.role}.`),
      );
    }
    const result = await next();
    if (!result.ok && result.error.cause instanceof Refusal) throw toTrpcError(result.error.cause);
    return result;
  });
}
