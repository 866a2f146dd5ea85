import { useParams } from '@tanstack/react-router';
import { z } from 'zod';

const Parts = z.record(z.string(), z.string());

/** A named part of the address, such as `task` of `/tasks/$task`; undefined where the address has none. */
export function useAddressPart(name: string): string | undefined {
  // The router's own type comes from the routes, which load the panels: a panel takes it as unknown.
  const params: unknown = useParams({ strict: false });
  const parts = Parts.safeParse(params);
  return parts.success ? parts.data[name] : undefined;
}
