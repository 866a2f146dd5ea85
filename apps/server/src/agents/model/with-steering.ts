import type { LanguageModel, ModelMessage } from '@thalogos/smalltalk';

/** What a person adds while an answer is being made. */
export interface Steering {
  readonly model: LanguageModel;
  hear(text: string): void;
  /** What the model has not been shown, which is for a turn of its own; and begins anew. */
  takeUnheard(): readonly string[];
}

interface Heard {
  readonly text: string;
  /** How many messages stood before it when it was first shown. */
  readonly after: number;
}

/** Shows a model, beside the results of its tools, what a person has said since it was last asked. */
export function withSteering(model: LanguageModel): Steering {
  let shown: Heard[] = [];
  let waiting: string[] = [];
  return {
    model: {
      stream(request) {
        shown.push(...waiting.map((text) => ({ text, after: request.messages.length })));
        waiting = [];
        return model.stream({ ...request, messages: woven(request.messages, shown) });
      },
    },
    hear(text) {
      waiting.push(text);
    },
    takeUnheard() {
      const unheard = waiting;
      waiting = [];
      shown = [];
      return unheard;
    },
  };
}

/** Every word stays where it was first said, so that the model sees one conversation that only grows. */
function woven(messages: readonly ModelMessage[], shown: readonly Heard[]): readonly ModelMessage[] {
  const at = (place: number): readonly ModelMessage[] =>
    shown.filter(({ after }) => after === place).map(({ text }) => ({ role: 'user', content: text }));
  return [...messages.flatMap((message, index) => [...at(index), message]), ...at(messages.length)];
}
