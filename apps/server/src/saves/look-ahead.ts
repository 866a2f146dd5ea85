import type { Repository } from '../git/git.ts';
import { closeQuarantine, openQuarantine, type Quarantined } from '../git/quarantine.ts';

/** Merges after which what they left is thrown away, as soon as nobody looks: some ten megabytes. */
const MAX_MERGES = 250;

/** A place for merges of which nothing but the answer is kept. */
export interface LookAhead {
  /** Runs `work` with the hub as it is; what it makes is gone when another place is handed out. */
  look<T>(hub: Repository, work: (inside: Repository) => Promise<T>): Promise<T>;
  /** Throws away everything. */
  close(): Promise<void>;
}

interface Place {
  readonly inside: Promise<Quarantined>;
  looking: number;
  merges: number;
}

/** Makes one place for each hub when it is first looked at. */
export function makeLookAhead(maxMerges = MAX_MERGES): LookAhead {
  const places = new Map<string, Place>();
  let next = 1;

  function placeOf(hub: Repository): Place {
    const known = places.get(hub.gitDir);
    if (known !== undefined) return known;
    const place = openPlace(hub, `look-${next++}`);
    places.set(hub.gitDir, place);
    return place;
  }

  async function leave(hub: Repository, place: Place): Promise<void> {
    place.looking -= 1;
    if (place.looking > 0 || place.merges < maxMerges) return;
    places.delete(hub.gitDir);
    await closePlace(place);
  }

  return {
    look: async (hub, work) => {
      const place = placeOf(hub);
      place.looking += 1;
      try {
        return await work(await place.inside);
      } finally {
        await leave(hub, place);
      }
    },
    close: async () => {
      await Promise.all([...places.values()].map(closePlace));
      places.clear();
    },
  };
}

function openPlace(hub: Repository, name: string): Place {
  const counted: Repository = {
    ...hub,
    git: {
      ...hub.git,
      mergeTrees: (request) => {
        place.merges += 1;
        return hub.git.mergeTrees(request);
      },
    },
  };
  const inside = openQuarantine(counted, { name, where: 'memory' });
  // One that could not be opened is of no use to the next look.
  inside.catch(() => (place.merges = Number.POSITIVE_INFINITY));
  const place: Place = { inside, looking: 0, merges: 0 };
  return place;
}

async function closePlace({ inside }: Place): Promise<void> {
  const opened = await inside.catch(() => null);
  if (opened !== null) await closeQuarantine(opened);
}
