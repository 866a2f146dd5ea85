import type { IncomingMessage } from 'node:http';
import type { Answer, Asked, Operation } from './operation.ts';
import { readJson } from './read-json.ts';
import { WebRefusal } from './web-refusal.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** What a server offers, and what its operations need. */
export type Served = Pick<Asked<unknown>, 'host' | 'describeServer'> & {
  readonly operations: readonly Operation[];
  readonly maxBodyBytes: number;
};

/** Finds what is asked for and has it carried out; undefined where no operation has that path. */
export async function carryOut(
  { request, path }: { readonly request: IncomingMessage; readonly path: string },
  { operations, maxBodyBytes, ...server }: Served,
): Promise<Answer | undefined> {
  const here = operations.flatMap((operation) => {
    const sessionId = matchPath(operation.path, path);
    return sessionId === undefined ? [] : [{ operation, sessionId }];
  });
  if (here.length === 0) return undefined;
  const found = here.find(({ operation }) => operation.method === request.method);
  if (found === undefined) throw new WebRefusal(405, `${request.method ?? ''} is not possible here`);
  const { operation, sessionId } = found;
  if (operation.path.includes('{') && !UUID.test(sessionId))
    throw new WebRefusal(400, 'The id of a session is a UUID');
  const body = operation.body === undefined ? undefined : await readJson(request, maxBodyBytes);
  const wantsStream =
    operation.isStreamed === true && (request.headers.accept ?? '').includes('text/event-stream');
  const { traceparent } = request.headers;
  return operation.carryOut({
    ...server,
    body,
    sessionId,
    wantsStream,
    traceparent: typeof traceparent === 'string' ? traceparent : undefined,
  });
}

/** The id in a path, empty where the pattern has none; undefined where they don't match. */
function matchPath(pattern: string, path: string): string | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  if (!wanted.every((segment, place) => segment.startsWith('{') || segment === given[place]))
    return undefined;
  const place = wanted.findIndex((segment) => segment.startsWith('{'));
  return place === -1 ? '' : given[place];
}
