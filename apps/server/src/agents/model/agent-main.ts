import { createInterface } from 'node:readline';
import { MODEL_RETRY_POLICY, TokenJsModel, withRetries, withTimeLimit } from '@thalogos/smalltalk';
import { ModelAgent } from './model-agent.ts';
import { ModelCommand, type ModelLine, ModelOpening } from './protocol.ts';
import { openSessionFile } from './session-file.ts';
import { toModelAgentError } from './to-agent-error.ts';

// The process of an agent that is a model with tools: run in the worktree, told by lines what to do.

/** A model of one's own may have to be loaded before its first word. */
const SILENCE = { firstMs: 300_000, betweenMs: 120_000 };

function write(line: ModelLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

async function open(opening: ModelOpening): Promise<ModelAgent | null> {
  const { session, stateDir, files, isResumed, target, settings, leave, retryMs } = opening;
  const file = openSessionFile(stateDir, session);
  const kept = isResumed ? await file.load() : { history: [], unfinished: null };
  if (kept === null) {
    write({ type: 'refused', reason: `There is no session ${session} to resume` });
    return null;
  }
  await file.keep(kept);
  const asked = new TokenJsModel({ providers: { [target.provider]: settings }, target });
  const model = withRetries(withTimeLimit(asked, SILENCE), {
    policy: { ...MODEL_RETRY_POLICY, firstDelayMs: retryMs },
    onRetry: (error, attempt) => write({ type: 'retrying', attempt, error: toModelAgentError(error) }),
  });
  write({ type: 'ready' });
  return new ModelAgent({ cwd: process.cwd(), files, model, leave, session: kept, file, write });
}

let agent: Promise<ModelAgent | null> | null = null;
createInterface({ input: process.stdin })
  .on('line', (line) => {
    const told: unknown = JSON.parse(line);
    if (agent === null) agent = open(ModelOpening.parse(told));
    else void agent.then((opened) => opened?.obey(ModelCommand.parse(told)));
  })
  .on('close', () => process.exit(0));
