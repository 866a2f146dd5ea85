import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDirectly, openRest, openSocket, openTerminal } from '../interfaces/test-talkers.ts';
import { conversationInterfaceConformance, type OpenInterface } from './index.ts';

const forms: Readonly<Record<string, Readonly<Record<string, OpenInterface>>>> = {
  'no-interface': { 'a program in the same process': openDirectly },
  'cli-interface': { 'the terminal': openTerminal },
  'web-interface': { REST: openRest, 'the WebSocket': openSocket },
};

for (const ways of Object.values(forms))
  for (const [name, open] of Object.entries(ways)) conversationInterfaceConformance(name, open);

it('every interface that is a file named *-interface.ts runs the same suite', () => {
  const source = join(import.meta.dirname, '../interfaces');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .map((path) => path.split(/[\\/]/).at(-1) ?? '')
    .filter((file) => file.endsWith('-interface.ts'))
    .map((file) => file.slice(0, -3));
  expect(Object.keys(forms).toSorted()).toEqual([...files, 'no-interface'].toSorted());
});
