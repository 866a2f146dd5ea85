import type { GitSettings } from './environment.ts';
import type {
  GitObject,
  MergeRequest,
  ObjectRequest,
  PlumbingRequest,
  PlumbingResult,
  RunRequest,
  WriteRequest,
} from './git.ts';

/** What the server asks of the helper, and what each kind is answered with. */
export interface HelperCalls {
  readonly plumbing: { readonly request: PlumbingRequest; readonly answer: PlumbingResult };
  readonly run: { readonly request: RunRequest; readonly answer: string };
  readonly object: { readonly request: ObjectRequest; readonly answer: GitObject | null };
  readonly write: { readonly request: WriteRequest; readonly answer: string };
  readonly merge: { readonly request: MergeRequest; readonly answer: Buffer };
}

/** The name of one kind of work that the helper does. */
export type HelperCall = keyof HelperCalls;

/** One message to the helper; the first one it gets is always `configure`. */
export type HelperQuestion =
  | { readonly kind: 'configure'; readonly settings: GitSettings }
  | {
      readonly [K in HelperCall]: {
        readonly kind: K;
        readonly id: number;
        readonly request: HelperCalls[K]['request'];
      };
    }[HelperCall];

/** One message from the helper. */
export type HelperAnswer =
  | { readonly id: number; readonly kind: 'done'; readonly value: unknown }
  | {
      readonly id: number;
      readonly kind: 'fault';
      readonly message: string;
      readonly args: readonly string[];
      readonly exitCode: number | null;
      readonly stderr: string;
    };
