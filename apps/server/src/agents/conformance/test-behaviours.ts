import type { Behaviour } from './test-behaviour.ts';
import { ends } from './test-ends.ts';
import { faults } from './test-faults.ts';
import { hearing } from './test-hearing.ts';
import { work } from './test-work.ts';

/** The law of the port: what every agent does, and what it does if it says it can. */
export const behaviours: readonly Behaviour[] = [...work, ...hearing, ...ends, ...faults];
