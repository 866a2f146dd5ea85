import { z } from 'zod';
import { VERSION } from '../../version.ts';
import type { Operation } from './operation.ts';
import { FailureAnswer } from './web-schemas.ts';

/** The OpenAPI document of a server, made of the same descriptions by which it answers. */
export function toOpenApi(operations: readonly Operation[], title: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations)
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method.toLowerCase()]: describe(operation),
    };
  return {
    openapi: '3.1.0',
    info: {
      title,
      version: VERSION,
      description:
        'Nobody is asked who they are. Whoever knows the id of a session may read it and speak in it.',
    },
    paths,
  };
}

function describe({ id, summary, path, body, ...operation }: Operation): Record<string, unknown> {
  return {
    operationId: id,
    summary,
    ...(path.includes('{sessionId}') && { parameters: [SESSION_ID] }),
    ...(body !== undefined && { requestBody: { required: true, content: json(body) } }),
    responses: { [operation.status]: describeAnswer(operation), ...describeFailures(operation.failures) },
  };
}

function describeAnswer({
  answer,
  isStreamed,
  textType,
}: Pick<Operation, 'answer' | 'isStreamed' | 'textType'>) {
  if (textType !== undefined)
    return { description: 'Done', content: { [textType]: { schema: { type: 'string' } } } };
  if (answer === undefined) return { description: 'Done' };
  return { description: 'Done', content: { ...json(answer), ...(isStreamed === true && EVENT_STREAM) } };
}

function describeFailures(failures: Operation['failures']): Record<string, unknown> {
  const named = { ...failures, 403: 'The request comes from a page of another site, or to another name' };
  return Object.fromEntries(
    Object.entries(named).map(([status, description]) => [
      status,
      { description, content: json(FailureAnswer) },
    ]),
  );
}

function json(schema: z.ZodType) {
  const { $schema: _dialect, ...described } = z.toJSONSchema(schema);
  return { 'application/json': { schema: described } };
}

const SESSION_ID = {
  name: 'sessionId',
  in: 'path',
  required: true,
  schema: { type: 'string', format: 'uuid' },
};
const EVENT_STREAM = {
  'text/event-stream': {
    schema: {
      type: 'string',
      description:
        'Events "text" ({"text"}), then one "answered" with the whole answer or one "failed" ({"status", "error"}).',
    },
  },
};
