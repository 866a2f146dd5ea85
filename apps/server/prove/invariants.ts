import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runTestGit } from '@thalogos/testkit';
import Database from 'better-sqlite3';
import { makeAudit } from '../src/access/audit.ts';
import { quarantineRoots } from '../src/git/quarantine-roots.ts';
import { systemClock } from '../src/platform/clock.ts';
import { blobsAt, blobsIn, differences } from './blobs.ts';
import { workersOf } from './processes.ts';
import { DIRT, type Slot } from './slot.ts';

/** A broken promise, in one sentence. */
export type Violation = string;

type Law = (slot: Slot) => Promise<readonly (Violation | null)[]>;

/** Everything that must hold after any fault at any instant, once the server has come back and ended in order. */
export async function findViolations(slot: Slot): Promise<readonly Violation[]> {
  const laws: readonly Law[] = [refs, person, agents, repositories, quarantine, database, processes];
  const found: Violation[] = [];
  for (const law of laws) {
    try {
      found.push(...(await law(slot)).filter((violation) => violation !== null));
    } catch (cause) {
      found.push(`${law.name} can't be read: ${cause instanceof Error ? cause.message : String(cause)}`);
    }
  }
  return found;
}

/** What must hold even in the moment after a kill, before anybody has started the server again. */
export async function findLoss({ person, before }: Slot): Promise<readonly Violation[]> {
  const now = await blobsIn(person.path);
  return ['mine.txt', 'note.txt', '.env']
    .filter((path) => now.get(path) !== before.checkout.get(path))
    .map((path) => `the person's ${path} changed`);
}

/** Main is the old commit or the checkpoint; a tag exists if and only if main moved to it; the timeline says the same. */
async function refs({ hub, before, home }: Slot) {
  const main = await oid(hub, 'refs/heads/main');
  const tags = await tagsOf(hub);
  const [tag] = tags;
  const rows = landedRows(home);
  const target = tag === undefined ? null : await oid(hub, `${tag}^{commit}`);
  const wanted = main === before.main ? before.files : before.saved;
  return [
    unless(main === before.main || main === target, `main is ${main}, neither the old one nor ${target}`),
    unless(tags.length <= 1, `there are ${tags.length} checkpoint tags`),
    unless(target === null || main === target, `${tag} exists and main did not move to it`),
    unless(
      rows.length === tags.length && rows.every(({ tag: name, commit }) => name === tag && commit === main),
      `the timeline has ${JSON.stringify(rows)} where the tags are ${JSON.stringify(tags)} and main is ${main}`,
    ),
    differ('main in the hub', differences(await blobsAt(hub, 'refs/heads/main'), wanted)),
  ];
}

/** The person has what was saved, their own dirt to the byte, and nothing else. */
async function person({ person: theirs, hub, before, isElsewhere }: Slot) {
  const main = await theirs.oid('main');
  const tags = await tagsOf(theirs.gitDir);
  const status = await theirs.git('status', '--porcelain', '--ignored');
  const wanted = new Map(main === before.main || isElsewhere ? before.checkout : before.saved);
  for (const path of ['mine.txt', 'note.txt', '.env']) wanted.set(path, before.checkout.get(path) ?? '');
  return [
    unless(main === (await oid(hub, 'refs/heads/main')), `the person's main is ${main}, the hub's is not`),
    unless(
      tags.join() === (await tagsOf(hub)).join(),
      `the person's tags are ${tags.join()}, not those of the hub`,
    ),
    unless(status === DIRT, `the person's status is ${JSON.stringify(status)}`),
    differ('the person’s checkout', differences(await blobsIn(theirs.path), wanted)),
  ];
}

async function agents({ home, project, before }: Slot) {
  const worktrees = join(home, 'data', 'projects', project, 'worktrees');
  return [differ('agents’ worktrees', differences(await blobsIn(worktrees), before.agents))];
}

async function repositories({ person: { gitDir }, hub }: Slot) {
  const found = await Promise.all(
    [gitDir, hub].map(async (repository) => {
      const fsck = await runTestGit(repository, ['fsck', '--strict', '--no-dangling', '--no-progress'], {
        GIT_DIR: repository,
      }).catch((cause: unknown) => String(cause));
      const locks = (await readdir(repository, { recursive: true })).filter((name) => name.endsWith('.lock'));
      return [
        unless(fsck === '', `fsck of ${repository}: ${fsck}`),
        unless(locks.length === 0, `locks are left in ${repository}: ${locks.join()}`),
      ];
    }),
  );
  return found.flat();
}

/** What was merged beside the hub was brought into it or thrown away, never left where nobody synced it. */
async function quarantine({ hub }: Slot) {
  const roots = Object.values(quarantineRoots(hub));
  const found = await Promise.all(roots.map((root) => readdir(root).catch((): string[] => [])));
  const left = found.flat().filter((name) => name.startsWith('objects-'));
  const packs = await readdir(join(hub, 'objects', 'pack'));
  const half = packs.filter((name) => name.startsWith('tmp_'));
  return [
    unless(left.length === 0, `a quarantine is left in the hub: ${left.join()}`),
    unless(half.length === 0, `half-made packs are left in the hub: ${half.join()}`),
  ];
}

async function database({ home }: Slot) {
  return withDatabase(home, (db) => {
    const integrity = db.pragma('integrity_check', { simple: true });
    const chain = makeAudit({ db, clock: systemClock }).verify();
    return [
      unless(integrity === 'ok', `integrity_check says ${String(integrity)}`),
      unless(chain.kind === 'whole', `the audit chain is ${JSON.stringify(chain)}`),
    ];
  });
}

async function processes({ instance }: Slot) {
  const left = await workersOf(instance);
  return [unless(left.length === 0, `processes are left: ${left.join()}`)];
}

function landedRows(home: string): readonly { tag: string; commit: string }[] {
  return withDatabase(home, (db) => {
    const rows = db.prepare('SELECT record FROM timeline WHERE tag IS NOT NULL').all();
    return (rows as { record: string }[]).map(({ record }) => {
      const { entry } = JSON.parse(record) as { entry: { tag: string; commit: string } };
      return { tag: entry.tag, commit: entry.commit };
    });
  });
}

/** Opens the server's database; only while no server is there. */
export function withDatabase<T>(home: string, use: (db: Database.Database) => T): T {
  const db = new Database(join(home, 'data', 'thalogos.db'));
  try {
    return use(db);
  } finally {
    db.close();
  }
}

function oid(gitDir: string, name: string): Promise<string> {
  return runTestGit(gitDir, ['rev-parse', '--verify', '--quiet', name], { GIT_DIR: gitDir });
}

async function tagsOf(gitDir: string): Promise<readonly string[]> {
  const output = await runTestGit(gitDir, ['tag', '--list', 'checkpoint/*'], { GIT_DIR: gitDir });
  return output.split('\n').filter((name) => name !== '');
}

function unless(holds: boolean, violation: Violation): Violation | null {
  return holds ? null : violation;
}

function differ(what: string, found: string | null): Violation | null {
  return found === null ? null : `${what}: ${found}`;
}
