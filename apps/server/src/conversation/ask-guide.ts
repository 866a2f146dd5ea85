import type { Session } from '@thalogos/contracts';
import { answerByModel } from './answer-by-model.ts';
import { answerPlainly } from './answer-plainly.ts';
import type { Background } from './background.ts';
import type { GuideAnswer, GuideFacts } from './guide-facts.ts';
import type { NamedModel } from './talk-deps.ts';

/** What the Guide answers with. */
export interface AskGuideDeps {
  readonly facts: (session: Session) => Promise<GuideFacts>;
  readonly findModel: () => Promise<NamedModel>;
  readonly background: Background;
  readonly say: (session: Session, answer: GuideAnswer) => void;
  /** How long a model may take over one answer. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 30_000;

const UNKNOWN =
  'I can tell what failed, what waits, who is at work, what the last Save held, what it cost, and how a task stands that you name. If it was meant as a goal, write `/goal` before it.';

/**
 * Answers a question: at once from the read models where they say it, else by a model behind a key, in its own time.
 *
 * Nobody waits for the model, and where it knows nothing either the Guide says so.
 */
export function makeAskGuide(deps: AskGuideDeps) {
  const { facts, background, say } = deps;
  return async (session: Session, question: string): Promise<void> => {
    const plain = answerPlainly(question, await facts(session));
    if (plain !== null) {
      say(session, plain);
      return;
    }
    background.start(async (signal) => {
      const answer = await askModel(deps, { question, session, signal });
      if (!signal.aborted) say(session, answer);
    });
  };
}

interface Asked {
  readonly question: string;
  readonly session: Session;
  readonly signal: AbortSignal;
}

async function askModel(
  { findModel, facts, timeoutMs = TIMEOUT_MS }: AskGuideDeps,
  { question, session, signal }: Asked,
): Promise<GuideAnswer> {
  const found = await findModel();
  if (found.name === null || !found.isApi)
    return inWords(`I don't know that. ${UNKNOWN} A question in other words needs a model behind a key.`);
  const waiting = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  try {
    const asked = { model: found.model, signal: waiting };
    const answer = await answerByModel(question, await facts(session), asked);
    return answer ?? inWords(`I don't know that: nothing I can see says it. ${UNKNOWN}`);
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    return inWords(`I could not find out: ${found.name} gave no answer. ${cause.message.slice(0, 300)}`);
  }
}

function inWords(text: string): GuideAnswer {
  return { text, links: [] };
}
