import type { ModelMessage } from '../types/language-model.ts';
import type { Message } from '../types/message.ts';
import { cleanText } from '../utils/clean-text.ts';

/**
 * A conversation as one of its agents sees it: what it said itself is its own, everyone else's words bear their name.
 *
 * A summary and what a host has put in are shown as material as well: they hold words of users, and what stands in a
 * `system` message is obeyed.
 */
export function toModelMessages(history: readonly Message[], agentName: string): ModelMessage[] {
  return history.map(({ role, agentName: speaker, content }) => {
    const said = cleanText(content);
    switch (role) {
      case 'user':
        return { role: 'user', content: said };
      case 'agent':
        if (speaker === agentName) return { role: 'assistant', content: said };
        return { role: 'user', content: `[${speaker ?? 'another agent'}] ${said}` };
      case 'system':
        return { role: 'user', content: `[note] ${said}` };
    }
  });
}
