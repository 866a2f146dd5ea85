/** One step that the scripted agent, or the scripted model provider, is told to take. */
export type Mark =
  | {
      readonly kind: 'write' | 'append';
      readonly path: string;
      readonly content: string;
    }
  | {
      readonly kind: 'edit';
      readonly path: string;
      readonly old: string;
      readonly new: string;
    }
  | { readonly kind: 'delete'; readonly path: string }
  | { readonly kind: 'read'; readonly path: string }
  | { readonly kind: 'sh'; readonly command: string }
  | { readonly kind: 'say' | 'think' | 'fail'; readonly text: string }
  | { readonly kind: 'plan'; readonly steps: readonly string[] }
  | { readonly kind: 'usage'; readonly input: number; readonly output: number }
  | {
      readonly kind: 'ask';
      readonly question: string;
      readonly options: readonly string[];
    }
  /** Milliseconds; `slow` holds from here on, between events. */
  | { readonly kind: 'sleep' | 'slow'; readonly ms: number }
  | { readonly kind: 'flood'; readonly lines: number }
  | { readonly kind: 'hang' | 'crash' | 'daemon' | 'drop' }
  | { readonly kind: 'http'; readonly status: number; readonly times: number }
  | { readonly kind: 'call'; readonly tool: string; readonly input: unknown }
  /** A mark with a known name that can't be understood; a run that meets it fails with the reason. */
  | {
      readonly kind: 'invalid';
      readonly mark: string;
      readonly reason: string;
    };
