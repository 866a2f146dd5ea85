/** What an agent has just written, and of which task of which project. */
interface Progress {
  readonly project: string;
  readonly task: string;
}

/** The newest news of each task, by task. */
export type ProgressByTask<N extends Progress> = ReadonlyMap<string, N>;

/** About two pictures of the screen: nobody sees more of a line that changes faster. */
const GATHER_MS = 32;

/**
 * Gathers what agents write, and hands it on for a whole project at once: a busy swarm writes hundreds of lines
 * a second, and each would have gone through the list of all tasks. `flush` hands on at once what a move of a
 * task must not overtake.
 */
export function makeGatherProgress<N extends Progress>(
  put: (project: string, news: ProgressByTask<N>) => void,
  later: (flush: () => void) => void = (flush) => void setTimeout(flush, GATHER_MS),
): { note(news: N): void; flush(): void } {
  const gathered = new Map<string, Map<string, N>>();
  let isWaiting = false;
  const flush = () => {
    isWaiting = false;
    const all = [...gathered];
    gathered.clear();
    for (const [project, news] of all) put(project, news);
  };
  const note = (news: N) => {
    const ofProject = gathered.get(news.project) ?? new Map<string, N>();
    gathered.set(news.project, ofProject.set(news.task, news));
    if (isWaiting) return;
    isWaiting = true;
    later(flush);
  };
  return { note, flush };
}
