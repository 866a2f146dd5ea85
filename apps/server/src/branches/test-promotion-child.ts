import { PERSON, openWorld, PROJECT } from '../saves/test-world.ts';
import { makePromotionFailpoint } from './promotion-failpoints.ts';
import { branchesOf } from './test-branches.ts';

/** A server of its own for the crash tests: promotes (or recovers) and is killed on the way. */
const [dataDirectory = '', act = '', failpoint = '', tag = '', to = ''] = process.argv.slice(2);
const world = await openWorld({ dataDirectory });
const branches = branchesOf(world, { failpoint: makePromotionFailpoint(failpoint) });
if (act === 'recover') await branches.recover();
else await branches.promote({ project: PROJECT, tag, to }, PERSON);
await world.close();
