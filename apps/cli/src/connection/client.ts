import type { ServerFile } from '@thalogos/contracts';
import type { AppRouter } from '@thalogos/server/router';
import { createTRPCClient, httpLink } from '@trpc/client';

/** The server's calls, by folder and verb. */
export type Client = ReturnType<typeof makeClient>;

/** Makes the client of a server that is known to be there. */
export function makeClient({ url, token }: Pick<ServerFile, 'url' | 'token'>) {
  return createTRPCClient<AppRouter>({
    links: [httpLink({ url: `${url}/trpc`, headers: { ...headersOf(token), 'x-thalogos': 'cli' } })],
  });
}

/** What a request that is no call carries. */
export function headersOf(token: string): { authorization: string } {
  return { authorization: `Bearer ${token}` };
}
