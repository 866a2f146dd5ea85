import type { LanguageModel } from '@thalogos/smalltalk';

/** A language model as the chat uses it, or why there is none; `isApi` is false for a signed-in agent, which is slow. */
export type NamedModel =
  | { readonly name: string; readonly isApi: boolean; readonly model: LanguageModel }
  | { readonly name: null; readonly because: string };
