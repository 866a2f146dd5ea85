import type { ChatMessage, Decision } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import { chatEntries, outcomeWords } from './chat-view.ts';

let seq = 0;
const message = (given: Partial<ChatMessage>): ChatMessage => {
  seq += 1;
  return {
    ...{ seq, id: `m-${given.content ?? seq}`, role: 'agent', content: '', at: seq, agentName: 'Guide' },
    ...{ goal: null, task: null, ...given },
  };
};
const news = (task: string, content: string) => message({ task, content });
const says = (content: string) => message({ role: 'user', agentName: null, content });
const decision: Decision = {
  ...{ id: 'd-1', kind: 'question', state: 'open', summary: 'Round?', detail: '', task: 't-1', createdAt: 0 },
  ...{ options: [{ id: 'up', label: 'Up' }], recommended: null, default: null, deadline: null },
  ...{ answer: null, answeredBy: null },
};
const shown = (messages: readonly ChatMessage[], decisions: readonly Decision[] = []) =>
  chatEntries(messages, decisions).map((entry) => {
    if (entry.kind === 'news') return entry.messages.map(({ content }) => content);
    return entry.kind === 'decision' ? entry.decision.id : entry.message.content;
  });

describe('the chat', () => {
  it('gathers the news of a task where the newest of them was told', () => {
    const told = [news('t-1', 'a1'), news('t-2', 'b1'), news('t-1', 'a2'), news('t-3', 'c1')];
    expect(shown(told)).toEqual([['b1'], ['a1', 'a2'], ['c1']]);
  });

  it('keeps its order around what people and other voices say', () => {
    const told = [news('t-1', 'a1'), says('Stop?'), news('t-1', 'a2'), message({ content: 'Saved.' })];
    expect(shown([...told, news('t-1', 'a3')])).toEqual([['a1'], 'Stop?', ['a2'], 'Saved.', ['a3']]);
  });

  it('knows gathered news by the first of them, so that they stay open while more come', () => {
    const first = news('t-1', 'a1');
    expect(chatEntries([first], [])[0]?.key).toBe(chatEntries([first, news('t-1', 'a2')], [])[0]?.key);
  });

  it('shows a question where it was asked, and its words where it is not known', () => {
    const asked = message({ task: 't-1', content: 'Round?', decision: 'd-1' });
    expect(shown([news('t-1', 'a1'), asked, news('t-1', 'a2')], [decision])).toEqual(['d-1', ['a1', 'a2']]);
    expect(shown([asked])).toEqual([['Round?']]);
  });
});

describe('what became of a decision', () => {
  it.each([
    [{ state: 'answered', answer: 'up', answeredBy: 'Mara' }, 'Mara answered: Up'],
    [{ state: 'answered', answer: 'as you like', answeredBy: 'Mara' }, 'Mara answered: as you like'],
    [{ state: 'defaulted', answer: 'up' }, 'Nobody answered in time, so: Up'],
    [{ state: 'withdrawn' }, 'Nobody waits for an answer any more.'],
  ] satisfies readonly [Partial<Decision>, string][])('is said: %j', (given, words) =>
    expect(outcomeWords({ ...decision, ...given })).toBe(words),
  );
});
