import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { initTRPC } from '@trpc/server';
import { describe, expect, it } from 'vitest';
import { describeProcedures } from '../src/api/procedures.ts';
import { describeApi, describeRoles } from './describe-api.ts';

const read = (name: string) => readFileSync(resolve(import.meta.dirname, '../../../docs/api', name), 'utf8');
const HOW = 'docs/api is out of date; run: node apps/server/scripts/write-api-docs.ts';

describe('the description of the API', () => {
  it('is what docs/api/schemas.json says', () => {
    expect(JSON.parse(read('schemas.json')), HOW).toEqual(JSON.parse(JSON.stringify(describeApi())));
  });

  it('is what docs/api/roles.md says', () => {
    expect(read('roles.md'), HOW).toBe(describeRoles(describeApi().procedures));
  });

  it('lets nobody below operator start work, and nobody below admin stop the server or trust a file', () => {
    const role = Object.fromEntries(describeApi().procedures.map(({ path, role: needed }) => [path, needed]));
    expect([role['planning.state'], role['saves.save'], role['saves.rollback']]).toEqual([
      'operator',
      'operator',
      'operator',
    ]);
    expect([role['ops.stop'], role['projects.acceptTrust'], role['review.approve']]).toEqual([
      'admin',
      'admin',
      'reviewer',
    ]);
  });

  it('lets a viewer change nothing', () => {
    expect(
      describeApi().procedures.filter(({ type, role }) => type === 'mutation' && role === 'viewer'),
    ).toEqual([]);
  });
});

describe('a procedure', () => {
  const t = initTRPC.meta<{ role?: string }>().create();

  it.each([[undefined], [{}], [{ role: 'king' }]])('without a known role fails at start: %j', (meta) => {
    const bare = meta === undefined ? t.procedure : t.procedure.meta(meta);
    const router = t.router({ folder: t.router({ verb: bare.query(() => 1) }) });
    expect(() => describeProcedures(router)).toThrow(
      'The procedure folder.verb does not say which role it needs',
    );
  });

  it('that is a subscription fails at start', () => {
    const router = t.router({
      watch: t.procedure.meta({ role: 'viewer' }).subscription(async function* () {}),
    });
    expect(() => describeProcedures(router)).toThrow('The procedure watch is not a plain query or mutation');
  });
});
