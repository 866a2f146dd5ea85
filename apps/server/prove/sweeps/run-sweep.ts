import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { putBetweenMarkers } from '../table.ts';
import { DISK_SCENES, openDisk } from './disk.ts';
import { ERROR_SCENES, openErrors } from './errors.ts';
import { openRenames, RENAME_SCENES } from './renames.ts';
import { isBroken, makeSweepTable, sweep, type SweepOptions, type Tried } from './sweep.ts';

/** What can be swept. */
export const SWEEPS = ['renames', 'io', 'disk'] as const;
/** One of them. */
export type SweepKind = (typeof SWEEPS)[number];

/** How a sweep is asked for. */
export interface SweepWish extends Omit<SweepOptions, 'onTried'> {
  readonly isDocumented: boolean;
  readonly document: string;
  readonly say: (line: string) => void;
}

/** Why a sweep can't be run on this machine; null where it can. */
export function whyNotSwept(kind: SweepKind): string | null {
  if (process.platform !== 'linux') return 'only Linux can trace or mount as it needs';
  const isThere = (program: string) =>
    (process.env['PATH'] ?? '').split(':').some((folder) => existsSync(`${folder}/${program}`));
  if (!isThere('strace')) return 'strace is not installed';
  return kind === 'disk' && process.getuid?.() !== 0 ? 'only root can mount a small disk' : null;
}

/** Runs one sweep, tells of each fault, and writes the table; true when faults were tried and none broke a promise. */
export async function runSweep(kind: SweepKind, wish: SweepWish): Promise<boolean> {
  const why = whyNotSwept(kind);
  if (why !== null) {
    wish.say(`The sweep can't be run here: ${why}.`);
    return false;
  }
  const began = Date.now();
  const tried = await sweepAll(kind, { ...wish, onTried: tellTo(wish.say) });
  const table = makeSweepTable(tried, 'fault');
  const struck = tried.filter(({ isStruck }) => isStruck).length;
  const broken = tried.filter(isBroken).length;
  const minutes = ((Date.now() - began) / 60_000).toFixed(1);
  const summary = `${struck} faults, ${broken} violations, ${tried.length - struck} not come to again, in ${minutes} minutes.`;
  wish.say(`\n${table}\n\n${summary}`);
  if (wish.isDocumented) {
    const git = execFileSync('git', ['--version'], { encoding: 'utf8' }).replace('git version ', '').trim();
    const facts = `${summary} Node ${process.versions.node}, git ${git}, ${new Date().toISOString().slice(0, 10)}.`;
    const page = readFileSync(wish.document, 'utf8');
    writeFileSync(
      wish.document,
      putBetweenMarkers(page, `${facts}\n\n${table}`, `<!-- begin: sweep of ${kind} -->`),
    );
  }
  return struck > 0 && broken === 0;
}

async function sweepAll(kind: SweepKind, options: SweepOptions): Promise<readonly Tried[]> {
  const tried: Tried[] = [];
  switch (kind) {
    case 'renames':
      for (const scene of RENAME_SCENES) tried.push(...(await sweep(() => openRenames(scene), options)));
      return tried;
    case 'io':
      for (const scene of ERROR_SCENES) tried.push(...(await sweep(() => openErrors(scene), options)));
      return tried;
    case 'disk':
      for (const scene of DISK_SCENES) tried.push(...(await sweep(() => openDisk(scene), options)));
      return tried;
  }
}

function tellTo(say: (line: string) => void) {
  return ({ isStruck, what, end, violations }: Tried) => {
    say(`  ${violations.length > 0 ? '--' : isStruck ? 'ok' : '..'}  ${what}: ${end}`);
    for (const violation of violations) say(`        ${violation}`);
  };
}
