import { join } from 'node:path';
import { describe } from 'vitest';
import { z } from 'zod';
import type { AgentEventBody } from '../agent-adapter.ts';
import { describeTranscripts } from '../test-transcripts.ts';
import { makeTranslator } from './translate.ts';
import { translateRequest } from './translate-request.ts';

const Line = z.looseObject({ type: z.string(), subtype: z.string().exactOptional() });
const Request = z.object({ request_id: z.string(), request: z.unknown() });

describe('what the real claude said', () => {
  describeTranscripts(join(import.meta.dirname, 'transcripts'), (lines) => {
    const translate = makeTranslator('/w');
    return lines.flatMap((text): readonly AgentEventBody[] => {
      const line = Line.parse(JSON.parse(text));
      if (line.type !== 'control_request') return translate(line);
      const { request_id: id, request } = Request.parse(line);
      const pending = translateRequest(id, request, '/w');
      return pending === null ? [] : [pending.event];
    });
  });
});
