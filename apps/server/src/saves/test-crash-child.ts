import { armFailpoint, parseFailpoint, unarmed } from './failpoints.ts';
import { openWorld, PERSON, PROJECT } from './test-world.ts';

/** A server of its own for the crash tests: saves (or recovers) and is killed on the way. */
const [dataDirectory = '', act = '', failpoint = ''] = process.argv.slice(2);
const name = parseFailpoint(failpoint);
const world = await openWorld({ dataDirectory, failpoint: name === null ? unarmed : armFailpoint(name) });
if (act === 'recover') await world.saves.recover();
else {
  await world.saves.save({ project: PROJECT }, PERSON);
  process.stdout.write('started\n');
}
await world.saves.settled(PROJECT);
await world.close();
