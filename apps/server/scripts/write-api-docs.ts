import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describeApi, describeRoles } from './describe-api.ts';

/** Writes `docs/api/schemas.json` and `docs/api/roles.md` from the router and the contracts. */
const folder = resolve(import.meta.dirname, '../../../docs/api');
const description = describeApi();
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'schemas.json'), `${JSON.stringify(description, null, 2)}\n`);
writeFileSync(join(folder, 'roles.md'), describeRoles(description.procedures));
