import { WebInterface } from '../src/index.ts';
import { openTalk, QUIET } from './figures.ts';

// A service that is killed again and again: the folder of its sessions and its port are told.
const [folder = '', port = '0'] = process.argv.slice(2);
const talk = await openTalk({ history: { location: folder } });
await talk.addInterface(new WebInterface({ port: Number(port), log: QUIET }));
