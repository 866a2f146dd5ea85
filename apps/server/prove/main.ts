import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { FAILPOINTS } from '../src/saves/failpoints.ts';
import type { Verdict } from './one-kill.ts';
import { type Kill, MODES, planKills } from './plan.ts';
import { prove } from './prove.ts';
import { runSweep, type SweepKind, SWEEPS } from './sweeps/run-sweep.ts';
import { countBroken, describeKill, makeTable, putBetweenMarkers, summarize } from './table.ts';

const DOCUMENT = resolve(import.meta.dirname, '../../../docs/reliability.md');

/** One round: every failpoint in both modes, and half as many random instants. */
const ROUND = FAILPOINTS.length * 3;

/** Where nothing but the journal still knows what was begun. */
const CONTROL: readonly Kill[] = (
  ['landing.moved', 'landing.journaled', 'recording.effect'] as const
).flatMap((name) =>
  MODES.map((mode): Kill => ({ instant: { kind: 'failpoint', name }, mode, second: { kind: 'none' } })),
);

const USAGE =
  'npm run prove:save -- [--sweep renames|io|disk] [--runs N] [--seconds S] [--beside N] [--seed N] [--no-document]';

const { kind, runs, seconds, beside, seed, isDocumented } = readWishes();

function readWishes() {
  try {
    const { values } = parseArgs({
      options: {
        sweep: { type: 'string' },
        runs: { type: 'string' },
        seconds: { type: 'string', default: '86400' },
        beside: { type: 'string', default: '2' },
        seed: { type: 'string', default: String((Date.now() % 1_000_000) + 1) },
        'no-document': { type: 'boolean', default: false },
      },
    });
    const kind = values.sweep === undefined ? null : toSweep(values.sweep);
    const runs = values.runs === undefined ? null : toCount(values.runs);
    const seconds = toCount(values.seconds);
    const [beside, seed] = [toCount(values.beside), toCount(values.seed)];
    return { kind, runs, seconds, beside, seed, isDocumented: !values['no-document'] };
  } catch (cause) {
    process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\nUsage: ${USAGE}\n`);
    process.exit(2);
  }
}

function toSweep(word: string): SweepKind {
  const kind = SWEEPS.find((known) => known === word);
  if (kind === undefined) throw new Error(`${word} is none of ${SWEEPS.join(', ')}`);
  return kind;
}

function toCount(word: string): number {
  if (!/^[1-9]\d*$/.test(word)) throw new Error(`${word} is not a number above 0`);
  return Number(word);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

let ended = 0;
const tell = (verdict: Verdict) => {
  ended += 1;
  const mark = verdict.violations.length === 0 ? 'ok' : '--';
  say(`  ${mark}  ${ended}: ${describeKill(verdict.kill)}`);
  for (const violation of verdict.violations) say(`        ${violation}`);
};

const began = Date.now();
if (kind !== null) {
  const deadline = began + seconds * 1000;
  process.exit(
    (await runSweep(kind, { runs, deadline, beside, isDocumented, document: DOCUMENT, say })) ? 0 : 1,
  );
}
say(`Seed ${seed}`);
const verdicts = await prove(planKills(runs ?? ROUND, seed), {
  beside,
  deadline: began + seconds * 1000,
  variation: { withoutJournal: false },
  onVerdict: tell,
});
say('The control, whose journal is erased before it recovers:');
const control = await prove(CONTROL, {
  beside,
  deadline: Number.POSITIVE_INFINITY,
  variation: { withoutJournal: true },
  onVerdict: tell,
});

const table = makeTable(verdicts);
say(`\n${table}\n`);
const isSeeing = countBroken(control) > 0;
const controlLine = `Control without the journal: ${control.length} runs, ${countBroken(control)} with violations.`;
say(isSeeing ? controlLine : `${controlLine} The harness sees nothing, so its answer means nothing.`);
if (isDocumented) {
  const git = execFileSync('git', ['--version'], { encoding: 'utf8' }).replace('git version ', '').trim();
  const minutes = ((Date.now() - began) / 60_000).toFixed(1);
  const facts = `${summarize(verdicts)} in ${minutes} minutes, seed ${seed}. ${controlLine}\n\nNode ${process.versions.node}, git ${git}, ${process.platform} ${process.arch}, ${new Date().toISOString().slice(0, 10)}.`;
  writeFileSync(DOCUMENT, putBetweenMarkers(readFileSync(DOCUMENT, 'utf8'), `${facts}\n\n${table}`));
}
say(summarize(verdicts));
// Nothing tried is nothing proved.
process.exitCode = verdicts.length > 0 && countBroken(verdicts) === 0 && isSeeing ? 0 : 1;
