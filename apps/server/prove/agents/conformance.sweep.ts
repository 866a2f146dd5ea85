import { describeAgent } from '../../src/agents/conformance/test-conformance.ts';
import { makeRigs } from '../../src/agents/test-rigs.ts';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** The agents to be tried, each with its program where it is not our own. */
    programs: Readonly<Record<string, string | null>>;
  }
}

const programs = inject('programs');
for (const [name, makeRig] of Object.entries(makeRigs(process.env, programs)))
  if (name in programs) describeAgent(name, makeRig, { depth: 'whole', timeoutMs: 150_000 });
