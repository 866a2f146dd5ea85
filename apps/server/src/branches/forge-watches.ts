import type { ForgeCheck, ForgeConfig, Oid } from '@thalogos/contracts';
import { listHeads } from '../git/list-heads.ts';
import type { BranchesDeps } from './branches-deps.ts';
import type { Forge } from './forge.ts';
import { makeForgeStore, type ForgeStore } from './forge-store.ts';
import { makeGithubForge } from './github-forge.ts';
import type { PushStore } from './push-store.ts';
import { type Watched, watchForge } from './watch-forge.ts';

/** How many commits a forge is asked about at once. */
const AT_ONCE = 20;

/** The commits that forges work on. */
export interface ForgeWatches {
  /** Begins to ask about every pushed head of the project that the forge has not settled. */
  look(project: string): Promise<void>;
  /** The forge that a configuration names; the same for the same words, so that it knows what it was told. */
  forgeOf(config: ForgeConfig): Forge;
  checks(project: string, commit: Oid): readonly ForgeCheck[];
  readonly store: ForgeStore;
  close(): Promise<void>;
}

/** Makes the watch over what was pushed. */
export function makeForgeWatches(deps: BranchesDeps, pushes: PushStore): ForgeWatches {
  const store = makeForgeStore(deps.db);
  const stopping = new AbortController();
  const running = new Map<string, Promise<unknown>>();
  const forges = new Map<string, Forge>();

  function forgeOf(config: ForgeConfig): Forge {
    const { url, repository } = config;
    const key = `${url} ${repository}`;
    const forge =
      forges.get(key) ?? makeGithubForge({ url, repository, token: deps.forgeToken, now: deps.clock.now });
    forges.set(key, forge);
    return forge;
  }

  function watch(forge: Forge, watched: Watched): void {
    const key = `${watched.project} ${watched.commit}`;
    if (running.has(key) || running.size >= AT_ONCE) return;
    const { clock, recorder, logger } = deps;
    const asking = watchForge({ forge, store, clock, recorder }, watched, stopping.signal)
      .catch((cause: unknown) => {
        if (!stopping.signal.aborted)
          logger.error({ ...watched, error: cause }, 'A forge could not be asked');
      })
      .finally(() => running.delete(key));
    running.set(key, asking);
  }

  async function look(project: string): Promise<void> {
    const config = await readForge(deps, project);
    if (config === null) return;
    const { hub } = deps.projects.place(project);
    for (const { name, oid } of await listHeads(hub, ['refs/heads/session/'])) {
      if (stopping.signal.aborted) return;
      const push = pushes.get(project, name);
      if (push?.state !== 'pushed' || push.commit !== oid) continue;
      if (store.get(project, oid)?.isOver === true) continue;
      const session = name.split('/')[1] ?? null;
      watch(forgeOf(config), { project, branch: name, session, commit: oid });
    }
  }

  return {
    look,
    forgeOf,
    store,
    checks: (project, commit) => store.get(project, commit)?.checks ?? [],
    close: async () => {
      stopping.abort();
      await Promise.all(running.values());
    },
  };
}

/** The forge that the project file names; null where it names none, or nobody trusts what it says. */
async function readForge({ projects }: BranchesDeps, project: string): Promise<ForgeConfig | null> {
  const { config, hash, problems } = await projects.settingsAt(project, null);
  const isUsable = problems.length === 0 && projects.isTrusted(project, hash);
  return isUsable ? (config.forge ?? null) : null;
}
