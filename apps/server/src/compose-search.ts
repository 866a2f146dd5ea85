import type { Ground } from './compose-ground.ts';
import { makeSearch, type Search } from './search/search.ts';
import type { makeReadDiff } from './tasks/read-diff.ts';
import type { TranscriptStore } from './tasks/transcript-store.ts';

/** The search over what the log, the transcripts and the results of tasks hold; its index stands in a file of its own. */
export function composeSearch(
  { input, events, onFault }: Pick<Ground, 'input' | 'events' | 'onFault'>,
  { transcripts, readDiff }: { transcripts: TranscriptStore; readDiff: ReturnType<typeof makeReadDiff> },
): Search {
  const { paths, clock, redactor } = input;
  return makeSearch({
    ...{ file: paths.search, events, clock, onFault },
    readBlocks: (task, after, limit) => transcripts.after(task, after, limit).blocks,
    readBlock: transcripts.find,
    readChange: async (task, result) => {
      const { files, patch } = await readDiff(task, result);
      return { files, patch: redactor.redactText(patch) };
    },
  });
}
