import type { ErrorCode, Oid } from '@thalogos/contracts';

/** A person's repository as it was found. */
export interface FoundRepository {
  /** Real path of the checkout's top folder; of a bare repository, the repository itself. */
  readonly path: string;
  /** Real path of the git directory that holds its objects and refs. */
  readonly gitDir: string;
  /** Null for a bare repository. */
  readonly workTree: string | null;
  readonly branch: string;
  readonly head: Oid;
}

/** Why a folder can't become a project, and what its person can do about it. */
export interface Unusable {
  readonly kind: 'unusable';
  readonly code: ErrorCode;
  readonly path: string;
  readonly why: string;
  readonly fix: string;
}

/** What a look at a folder found; nothing is written for it. */
export type Inspection =
  | { readonly kind: 'usable'; readonly repository: FoundRepository; readonly remarks: readonly string[] }
  | Unusable;

/** Builds an `Unusable` of a repository that exists. */
export function unusable(path: string, why: string, fix: string): Unusable {
  return { kind: 'unusable', code: 'unusable-repository', path, why, fix };
}
