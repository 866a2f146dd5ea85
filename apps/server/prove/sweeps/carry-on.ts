import type { SaveOutcome, SaveView } from '@thalogos/contracts';
import { runTestGit } from '@thalogos/testkit';
import { findLoss, findViolations, type Violation } from '../invariants.ts';
import { findUnfinished, mustReach } from '../one-kill.ts';
import { killEverything } from '../processes.ts';
import {
  type Conditions,
  currentSave,
  launch,
  type Life,
  type Line,
  outcomeOf,
  reach,
  terminate,
} from '../server.ts';
import type { Slot } from '../slot.ts';
import type { Trial } from './sweep.ts';

/** How a person meets a fault: the conditions of the first server, and what ends them. */
export interface Ordeal {
  readonly conditions: Conditions;
  readonly hasStruck: () => boolean;
  /** Called while a Save that was asked for goes on; settles when the fault is over, with what it broke. */
  readonly meanwhile?: (line: Line) => Promise<readonly Violation[]>;
  /** Takes the cause away: space is freed, the disk works again. */
  readonly relieve?: () => void;
}

/** What a person sees of a Save under a fault, and what is then done to see it through. */
interface Told {
  readonly end: string;
  readonly violations: readonly Violation[];
}

/** Saves under a fault, as a person would: reads what they are told, takes the cause away, and goes on until everything is saved. */
export async function carryOn(slot: Slot, ordeal: Ordeal): Promise<Trial> {
  let life = launch(slot.home, null, ordeal.conditions);
  try {
    const first = await saveUnder(slot, life, ordeal);
    ordeal.relieve?.();
    const lost = await findLoss(slot);
    if (life.hasEnded()) life = launch(slot.home);
    const line = await mustReach(slot, life);
    const rest = await seeThrough(slot, line);
    const code = await terminate(life);
    const ended = code === 0 ? [] : [`the server ended with ${code}: ${life.complaints()}`];
    const violations = [
      ...first.violations,
      ...lost,
      ...rest.violations,
      ...ended,
      ...(await findViolations(slot)),
    ];
    return {
      isStruck: ordeal.hasStruck(),
      end: [first.end, rest.end].filter((end) => end !== '').join(', then '),
      violations,
    };
  } finally {
    ordeal.relieve?.();
    await killEverything(slot.instance, life.hasEnded() ? null : (life.child.pid ?? null));
  }
}

/** Asks for a Save and reads what becomes of it: an answer, an outcome, or the last words of the server. */
async function saveUnder(slot: Slot, life: Life, { meanwhile }: Ordeal): Promise<Told> {
  const line = await reach(slot.home, life);
  if (line === null) return lastWords('ended at its start', life);
  try {
    const { save } = await line.tell<{ save: SaveView }>('saves.save', { project: slot.project });
    const broken = (await meanwhile?.(line)) ?? [];
    const told = await judge(slot, await outcomeOf(line, save.id));
    return { ...told, violations: [...broken, ...told.violations] };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    // A server that ends takes its connections with it.
    if (/fetch failed|terminated|socket/.test(why)) await Promise.race([life.ended, outlast(life)]);
    if (life.hasEnded()) return lastWords('ended', life);
    return /was refused/.test(why)
      ? { end: 'call refused', violations: [] }
      : { end: 'broke', violations: [`the call ended: ${why}`] };
  }
}

function outlast(life: Life): Promise<void> {
  return new Promise((done) => {
    setTimeout(done, life.hasEnded() ? 0 : 3000).unref();
  });
}

function lastWords(end: string, life: Life): Told {
  const said = life.complaints().trim();
  const isClear = said !== '' && !/^\s+at /m.test(said);
  return {
    end: `server ${end}`,
    violations: isClear ? [] : [`the server ended and said ${JSON.stringify(said)}`],
  };
}

async function judge(slot: Slot, outcome: SaveOutcome): Promise<Told> {
  const main = await runTestGit(slot.hub, ['rev-parse', 'refs/heads/main'], { GIT_DIR: slot.hub });
  const violations: Violation[] = [];
  if (outcome.kind === 'saved') {
    if (main !== outcome.checkpoint?.commit) violations.push(`saved, and main is ${main}`);
    if (outcome.delivery?.state === 'updated') return { end: 'saved', violations };
    if ((outcome.delivery?.reason ?? '') === '') violations.push('it waits and does not say why');
    return { end: 'saved, delivery waited', violations };
  }
  if (main !== slot.before.main) violations.push(`${outcome.kind}, and main is ${main}`);
  const { why = '', fix = '' } = outcome.refused ?? {};
  if (outcome.kind !== 'refused' || why === '' || fix === '')
    violations.push(`the Save ended ${JSON.stringify(outcome)}`);
  return { end: 'refused', violations };
}

/** Goes on until all is saved and delivered: waits for what was begun, saves again, and delivers again. */
async function seeThrough(slot: Slot, line: Line): Promise<Told> {
  const { project } = slot;
  const begun = await currentSave(line, project);
  let outcome = begun === null ? null : await outcomeOf(line, begun.id);
  let end = '';
  if (outcome?.kind !== 'saved') {
    const { save } = await line.tell<{ save: SaveView }>('saves.save', { project });
    outcome = await outcomeOf(line, save.id);
    end = 'saved by the next Save';
  }
  if (outcome.kind === 'saved' && outcome.delivery?.state !== 'updated') {
    await line.tell('saves.deliver', { project });
    end = 'delivered when asked again';
  }
  return { end, violations: await findUnfinished(slot, line) };
}
