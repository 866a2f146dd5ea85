import { useParams } from '@tanstack/react-router';
import { readWords } from './read-words.ts';

/** A named part of the address, such as `task` of `/tasks/$task`; undefined where the address has none. */
export function useAddressPart(name: string): string | undefined {
  // The router's own type comes from the routes, which load the panels: a panel takes it as unknown.
  const params: unknown = useParams({ strict: false });
  return readWords(params)[name];
}
