import { expect, it } from 'vitest';
import { systemClock } from '../platform/clock.ts';
import { makePlainSandbox } from '../sandbox/contain.ts';
import { acpAgents } from './acp/agents-table.ts';
import { makeAdapters } from './adapters.ts';
import { describeAgent } from './conformance/test-conformance.ts';
import { makeRigs } from './test-rigs.ts';

/** These have a suite of their own, because they need the vendor's binary. */
const WITH_BINARY = new Set(['codex', 'claude', ...acpAgents.map(({ id }) => id)]);
const rigs = makeRigs(process.env, {});

it('tries every adapter that is listed', () => {
  const listed = makeAdapters({ sandbox: makePlainSandbox({}), clock: systemClock, host: {} });
  expect(Object.keys(rigs).sort()).toEqual(listed.map(({ id }) => id).sort());
});

for (const [name, makeRig] of Object.entries(rigs)) {
  if (!WITH_BINARY.has(name)) describeAgent(name, makeRig);
}
