import { type SearchAnswer, SearchInput } from '@thalogos/contracts';
import { procedure, router } from '../api/trpc.ts';

/** The use cases behind the calls on the search. */
export interface SearchCalls {
  find(input: SearchInput): SearchAnswer;
}

/** Calls on the search over everything of a project. */
export function makeSearchApi(calls: SearchCalls) {
  return router({
    find: procedure('viewer')
      .input(SearchInput)
      .query(({ input }) => calls.find(input)),
  });
}
