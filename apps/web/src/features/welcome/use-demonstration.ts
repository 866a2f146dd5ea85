import { useQuery } from '@tanstack/react-query';
import { useTRPCClient } from '../../lib/trpc.ts';

/** The name under which the demonstration's goal and steps are kept in the cache. */
export const DEMONSTRATION_KEY = ['demonstration'] as const;

/** The goal and the steps of the demonstration. The call makes what is missing and changes nothing that is there. */
export function useDemonstration(isOn: boolean) {
  const api = useTRPCClient();
  return useQuery({
    queryKey: DEMONSTRATION_KEY,
    queryFn: () => api.projects.demonstrate.mutate(),
    enabled: isOn,
    retry: false,
  });
}
