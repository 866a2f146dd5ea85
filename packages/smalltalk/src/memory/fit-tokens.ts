import type { Message } from '../types/message.ts';
import { estimateTokens } from '../utils/estimate-tokens.ts';

/** About how many tokens a message takes where it is shown to a model. */
export function weigh({ content }: Message): number {
  return estimateTokens(content) + 4;
}

/** The newest messages that fit, without a hole: at least the last one, however large it is. */
export function fitTokens(messages: readonly Message[], maxTokens: number): readonly Message[] {
  let weight = 0;
  let from = messages.length;
  while (from > 0) {
    const message = messages[from - 1];
    weight += message === undefined ? 0 : weigh(message);
    if (weight > maxTokens && from < messages.length) break;
    from -= 1;
  }
  return messages.slice(from);
}
