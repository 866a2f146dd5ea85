import { openWorld, PERSON } from '../saves/test-world.ts';

/** A server of its own that settles one conflict by hand and is killed the moment that is done. */
const [dataDirectory = '', conflict = '', content = ''] = process.argv.slice(2);
const world = await openWorld({ dataDirectory });
await world.conflicts.resolve({ conflict, choice: { take: 'content', content } }, PERSON);
process.kill(process.pid, 'SIGKILL');
