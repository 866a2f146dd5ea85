/** `src/zones.js` as the sample ships it: one too few, which its test sees. */
export const ZONES = `/** Stations of the line, in order, with the zone each lies in. */
const ZONES = { Harbour: 1, Market: 1, Castle: 2, Gardens: 3, Airport: 4 };

export const stations = Object.keys(ZONES);

/** How many zones a trip passes through, both ends counted. */
export function zonesBetween(from, to) {
  return Math.abs(ZONES[from] - ZONES[to]);
}
`;

/** `src/passengers.js`: what each kind of passenger pays of the full fare. */
export const PASSENGERS = `/** What each kind of passenger pays, as a share of the full fare. */
export const shares = { adult: 1 };
`;

/** `src/ticket.js`: its one line of print is what two tasks change. */
export const TICKET = `/** The line that is printed on a ticket. */
export function ticketLine({ from, to, cents }) {
  return \`\${from} to \${to}: \${cents} cents\`;
}
`;

const FARES = `import { shares } from './passengers.js';
import { zonesBetween } from './zones.js';

const BASE_CENTS = 180;
const CENTS_PER_ZONE = 70;

/** The price of a trip in cents. */
export function fare({ from, to, passenger = 'adult' }) {
  const full = BASE_CENTS + CENTS_PER_ZONE * zonesBetween(from, to);
  return Math.round(full * shares[passenger]);
}
`;

const SHOP = `import { fare } from './fares.js';
import { ticketLine } from './ticket.js';

/** Sells a ticket: gives what is printed on it. */
export function sell(trip) {
  return ticketLine({ ...trip, cents: fare(trip) });
}

const [from, to] = process.argv.slice(2);
if (from !== undefined && to !== undefined) process.stdout.write(\`\${sell({ from, to })}\\n\`);
`;

const ZONES_TEST = `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zonesBetween } from '../src/zones.js';

test('a trip inside one zone passes through one zone', () => {
  assert.equal(zonesBetween('Harbour', 'Market'), 1);
});

test('both ends of a trip count', () => {
  assert.equal(zonesBetween('Airport', 'Castle'), 3);
});
`;

const TICKET_TEST = `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ticketLine } from '../src/ticket.js';

test('a ticket names both ends and the whole price', () => {
  const line = ticketLine({ from: 'Harbour', to: 'Castle', cents: 320 });
  assert.match(line, /^Harbour to Castle/);
  assert.match(line, /3[.]?20/);
});
`;

const FARES_TEST = `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fare } from '../src/fares.js';

test('a longer trip costs more', () => {
  const near = fare({ from: 'Harbour', to: 'Castle' });
  const far = fare({ from: 'Harbour', to: 'Airport' });
  assert.ok(far > near);
});
`;

const README = `# Fare shop

Sells tickets for a small railway line.

    node src/shop.js Harbour Airport
    npm test

One test fails: zones are counted wrongly. That is where the demonstration begins.
`;

const PACKAGE = `{
  "name": "fare-shop",
  "private": true,
  "type": "module",
  "scripts": { "test": "node --test" }
}
`;

const CONFIG = `branch: main
checks:
  - name: tests
    command: [node, --test]
    timeout: 60
`;

/** The sample's history, oldest commit first: each with its message and the files it brings. */
export const SAMPLE_HISTORY: readonly {
  readonly message: string;
  readonly files: Readonly<Record<string, string>>;
}[] = [
  {
    message: 'Know the stations and their zones',
    files: {
      'package.json': PACKAGE,
      'README.md': README,
      'src/zones.js': ZONES,
      'test/zones.test.js': ZONES_TEST,
    },
  },
  {
    message: 'Price a trip by the zones it passes through',
    files: { 'src/passengers.js': PASSENGERS, 'src/fares.js': FARES, 'test/fares.test.js': FARES_TEST },
  },
  {
    message: 'Print tickets and sell them',
    files: { 'src/ticket.js': TICKET, 'src/shop.js': SHOP, 'test/ticket.test.js': TICKET_TEST },
  },
  { message: 'Let no checkpoint land without passing the tests', files: { '.thalogos/config.yaml': CONFIG } },
];
