import { PASSENGERS, TICKET, ZONES } from './sample-files.ts';

const CHILDREN_TEST = `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fare } from '../src/fares.js';

test('a child pays less than an adult', () => {
  const trip = { from: 'Harbour', to: 'Castle' };
  assert.ok(fare({ ...trip, passenger: 'child' }) < fare(trip));
});
`;

const CENTS = '${cents} cents';
const EUROS_ROUNDED = '€${(cents / 100).toFixed(1)}';
const CHILD = "adult: 1, child: { half: 0.5, nothing: 0 }['{{answer}}'] ?? 0.5";

const write = (path: string, content: string) => `[[write path=${path} content=${JSON.stringify(content)}]]`;

function item(head: string, steps: readonly string[]): string {
  return [`- ${head}`, ...steps.map((step) => `  ${step}`)].join('\n');
}

/** The goal that the demonstration fills in: four tasks for the scripted swarm, which really does them. */
export const DEMONSTRATION_GOAL = [
  'Get the fare shop ready for Monday.',
  '',
  item('@scripted [zones] Count both ends of a trip, so that the failing test passes', [
    '[[plan Read how zones are counted | Count both ends | Run the tests of zones]]',
    '[[think The test wants one zone for a trip inside one zone; the difference alone is one too few.]]',
    '[[read path=src/zones.js]]',
    '[[sleep 900]]',
    write('src/zones.js', ZONES.replace('ZONES[to]);', 'ZONES[to]) + 1;')),
    '[[sh node --test test/zones.test.js]]',
    '[[usage 1240 310]]',
    '[[say Both ends count now, and the tests of zones pass.]]',
  ]),
  item('@scripted [ticket] Print the price in euros on a ticket', [
    '[[plan Find where the price is printed | Print euros]]',
    '[[read path=src/ticket.js]]',
    '[[sleep 1400]]',
    write('src/ticket.js', TICKET.replace(CENTS, EUROS_ROUNDED)),
    '[[usage 980 220]]',
    '[[say Tickets say the price in euros.]]',
  ]),
  item('@scripted [return] Print return tickets, too', [
    '[[plan Find what is printed | Add the way back]]',
    '[[read path=src/ticket.js]]',
    '[[sleep 1900]]',
    write(
      'src/ticket.js',
      TICKET.replace('{ from, to, cents }', '{ from, to, cents, back = false }').replace(
        '${from} to ${to}:',
        "${from} to ${to}${back ? ' and back' : ''}:",
      ),
    ),
    '[[usage 1010 260]]',
    '[[say A return ticket says that it is one.]]',
  ]),
  item('@scripted [children] after: zones; Sell tickets for children', [
    '[[plan Ask what a child pays | Add the fare | Test it]]',
    '[[sleep 500]]',
    '[[ask What should a child pay? | half | nothing]]',
    write('src/passengers.js', PASSENGERS.replace('adult: 1', CHILD)),
    write('test/children.test.js', CHILDREN_TEST),
    '[[sh node --test test/children.test.js]]',
    '[[usage 1530 400]]',
    '[[say Children pay {{answer}}.]]',
  ]),
  '',
].join('\n');

/** What a person writes to send `ticket` back; the scripted agent obeys the mark in it. */
const DEMONSTRATION_REASON =
  'A price needs two decimals: 3.20, not 3.2. [[edit path=src/ticket.js old="toFixed(1)" new="toFixed(2)"]] [[say Prices have two decimals now.]]';

/** One line of the demonstration's checklist; `type` is a text to type where one is needed. */
export interface DemonstrationStep {
  readonly id: string;
  readonly text: string;
  readonly type: string | null;
}

/** The checklist of the demonstration, in order. */
export const DEMONSTRATION_STEPS: readonly DemonstrationStep[] = [
  { id: 'start', text: 'Look at the plan of the goal and start it', type: null },
  { id: 'answer', text: 'Answer what a child should pay', type: null },
  { id: 'review', text: 'Look at one diff, then approve all four tasks', type: null },
  { id: 'conflict', text: 'Save: two tasks changed one line, so nothing lands', type: null },
  {
    id: 'partial',
    text: 'Save “Count both ends” and “Sell tickets for children” alone: a checkpoint lands',
    type: null,
  },
  {
    id: 'red',
    text: 'Save without “Print return tickets, too”: a check is red and its culprit is named',
    type: null,
  },
  {
    id: 'mend',
    text: 'Send “Print the price in euros” back with a reason; its agent answers',
    type: DEMONSTRATION_REASON,
  },
  { id: 'save', text: 'Approve it and save it, too: a second checkpoint lands', type: null },
  { id: 'restore', text: 'Restore the first checkpoint on the timeline', type: null },
  { id: 'undo', text: 'Undo the restore: restore the second one', type: null },
  {
    id: 'own',
    text: 'Open a repository of your own, and connect an agent, a key or a local model',
    type: null,
  },
];
