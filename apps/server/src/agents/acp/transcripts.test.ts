import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { AgentEventBody } from '../agent-adapter.ts';
import { describeTranscripts } from '../test-transcripts.ts';
import type { AcpAgent } from './acp-agent.ts';
import { acpAgents } from './agents-table.ts';
import { SessionUpdate } from './protocol.ts';
import { makeTranslator, type Translator } from './translate.ts';
import { translateError } from './translate-error.ts';
import { toApproval } from './translate-request.ts';

const Asked = z.object({
  id: z.union([z.string(), z.number()]),
  method: z.literal('session/request_permission'),
  params: z.looseObject({ toolCall: z.unknown() }),
});
const Answered = z.object({ result: z.looseObject({ stopReason: z.string() }) });
const Refused = z.object({ error: z.unknown() });

/** One line of an agent, as the session hears it. */
function hear(told: unknown, translator: Translator): readonly AgentEventBody[] {
  const update = SessionUpdate.safeParse(told).data;
  if (update !== undefined) return translator.update(update.params.update);
  const asked = Asked.safeParse(told).data;
  if (asked !== undefined) {
    const { tool, events } = translator.asked(asked.params.toolCall);
    return [...events, toApproval(String(asked.id), tool, asked.params), ...translator.refused(tool.itemId)];
  }
  const answered = Answered.safeParse(told).data;
  if (answered !== undefined) return translator.end(answered.result);
  const error = translateError(Refused.parse(told).error);
  return error === null ? [] : [{ type: 'turn.end', outcome: 'failed', error }];
}

function translateAll({ selfTalk }: AcpAgent, lines: readonly string[]): readonly AgentEventBody[] {
  const translator = makeTranslator('/w', selfTalk);
  return lines.flatMap((line) => hear(JSON.parse(line), translator));
}

describe.each(acpAgents)('what the real $title said', (agent) => {
  const folder = join(import.meta.dirname, 'transcripts', agent.id);
  it('was recorded', () => {
    expect(existsSync(folder)).toBe(true);
  });
  describeTranscripts(folder, (lines) => translateAll(agent, lines));
});
