import { FAILPOINTS } from '../src/saves/failpoints.ts';
import type { Verdict } from './one-kill.ts';
import { type Kill, MODES } from './plan.ts';

const BEGIN = '<!-- begin: written by npm run prove:save -->';
const END = '<!-- end -->';
const RANDOM = 'at random';

/** The table of a proof: for each instant and mode how many runs there were, and how many broke a promise. */
export function makeTable(verdicts: readonly Verdict[]): string {
  const rows = [...FAILPOINTS, RANDOM].map((name) => {
    const cells = MODES.map((mode) => {
      const here = verdicts.filter(({ kill }) => nameOf(kill) === name && kill.mode === mode);
      return `${here.length} | ${countBroken(here)}`;
    });
    return `| \`${name}\` | ${cells.join(' | ')} |`;
  });
  return [
    '| killed at | everything: runs | violations | server alone: runs | violations |',
    '| --- | --: | --: | --: | --: |',
    ...rows,
  ].join('\n');
}

/** `N kills, M violations`, where a run counts once however much it broke. */
export function summarize(verdicts: readonly Verdict[]): string {
  const again = verdicts.filter(({ kill }) => kill.second.kind !== 'none').length;
  return `${verdicts.length + again} kills, ${countBroken(verdicts)} violations`;
}

/** How many runs broke a promise. */
export function countBroken(verdicts: readonly Verdict[]): number {
  return verdicts.filter(({ violations }) => violations.length > 0).length;
}

/** One run in words: when and what was killed, and the recovery where it was killed as well. */
export function describeKill({ instant, mode, second }: Kill): string {
  const at = instant.kind === 'failpoint' ? instant.name : `${Math.round(instant.share * 100)} % of a Save`;
  const again =
    second.kind === 'none'
      ? ''
      : `, recovery at ${second.kind === 'failpoint' ? second.name : `${second.ms} ms`}`;
  return `${at}, ${mode}${again}`;
}

/** A document with what stands between the markers replaced; throws where there are none. */
export function putBetweenMarkers(document: string, content: string, begin = BEGIN): string {
  const from = document.indexOf(begin);
  const to = document.indexOf(END, from);
  if (from < 0 || to < 0) throw new Error(`Could not find ${begin} and ${END}`);
  return `${document.slice(0, from + begin.length)}\n\n${content}\n\n${document.slice(to)}`;
}

function nameOf({ instant }: Kill): string {
  return instant.kind === 'failpoint' ? instant.name : RANDOM;
}
