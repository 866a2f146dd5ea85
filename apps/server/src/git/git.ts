import type { Oid } from '@thalogos/contracts';

/** One repository on disk: the helper that runs git for it, and its absolute git directory (`hub.git`, `…/.git`). */
export interface Repository {
  readonly git: Git;
  readonly gitDir: string;
  /** Where new objects go instead of into its own store; absent: there. See `quarantine.ts`. */
  readonly quarantine?: Quarantine;
}

/** A folder for objects beside a repository's own, which may be thrown away at any time. */
export interface Quarantine {
  readonly folder: string;
  /** The repository without it. */
  readonly hub: Repository;
}

/** A repository together with the directory its files are checked out in. */
export interface Checkout extends Repository {
  readonly workTree: string;
}

/** The one door to git: every call runs in the helper process, never in the server's own. */
export interface Git {
  /** Runs one plumbing command; an exit code that the request does not declare throws a `GitFault`. */
  readonly plumbing: (request: PlumbingRequest) => Promise<PlumbingResult>;
  /** Runs one clone, fetch, log, status or remote through simple-git and gives what it printed. */
  readonly run: (request: RunRequest) => Promise<string>;
  /** Reads one object through the live `cat-file`; null when there is none of that name. */
  readonly readObject: (request: ObjectRequest) => Promise<GitObject | null>;
  /** Writes one commit or tag once everything it needs is there; gives its name. */
  readonly writeObject: (request: WriteRequest) => Promise<Oid>;
  /** Merges two commits through the live `merge-tree --stdin`, once it is known that they are there; gives its answer as raw bytes. */
  readonly mergeTrees: (request: MergeRequest) => Promise<Buffer>;
  /** Runs `work` alone among everything that asked for the same key, in the order of asking. */
  readonly exclusively: <T>(key: string, work: () => Promise<T>) => Promise<T>;
  /** Ends the helper and everything it started; requests still open are rejected. */
  readonly close: () => Promise<void>;
}

/** One command of the byte door. */
export interface PlumbingRequest {
  /** What the command is for, as it should read in an error: `list the worktrees`. */
  readonly purpose: string;
  readonly args: readonly string[];
  readonly gitDir?: string;
  readonly quarantine?: string;
  readonly workTree?: string;
  /** A private index file; the repository's own when absent. */
  readonly indexFile?: string;
  /** Where the process starts; matters only to commands that look for a repository. */
  readonly cwd?: string;
  readonly input?: Uint8Array;
  readonly environment?: Readonly<Record<string, string>>;
  /** Exit codes that are answers and not faults; only 0 when absent. */
  readonly exitCodes?: readonly number[];
  /** Key of the queue that this write waits in; absent for a read, which runs beside others. */
  readonly writes?: string;
  /** Milliseconds until the command is killed; 120,000 when absent. */
  readonly timeout?: number;
  /** Bytes of output kept; 64 MB when absent. */
  readonly maxOutput?: number;
  /** What more output than that means: a fault, unless this says to cut it off. */
  readonly truncate?: boolean;
  /** Which program runs; `ssh-keygen` makes and uses signing keys. */
  readonly program?: 'git' | 'ssh-keygen';
}

/** What a plumbing command answered. */
export interface PlumbingResult {
  readonly exitCode: number;
  readonly stdout: Buffer;
  readonly stderr: string;
  readonly truncated: boolean;
}

/** One command of the simple-git door. */
export interface RunRequest {
  readonly purpose: string;
  readonly command: 'clone' | 'fetch' | 'log' | 'status' | 'remote';
  readonly args: readonly string[];
  readonly gitDir?: string;
  readonly writes?: string;
  /** Milliseconds until the command is killed; 600,000 when absent. */
  readonly timeout?: number;
}

/** One merge; a fault when either is not a commit. */
export interface MergeRequest {
  readonly gitDir: string;
  readonly quarantine?: string;
  readonly ours: Oid;
  readonly theirs: Oid;
}

/** One object to read; of one larger than `maxSize` bytes (32 MB when absent) only the size is told. */
export interface ObjectRequest {
  readonly gitDir: string;
  readonly quarantine?: string;
  readonly oid: Oid;
  readonly maxSize?: number;
}

/** One object to write, whole and as git keeps it; a fault when something that it needs is not there. */
export interface WriteRequest {
  readonly gitDir: string;
  readonly quarantine?: string;
  readonly type: 'commit' | 'tag';
  readonly content: Uint8Array;
  readonly needs?: readonly NeededObject[];
}

/** One object that must be there, by its whole name. */
export interface NeededObject {
  readonly oid: Oid;
  readonly type: 'commit' | 'tree';
}

/** One object of the object store; `content` is null when it is larger than was asked for. */
export interface GitObject {
  readonly oid: Oid;
  readonly type: string;
  readonly size: number;
  readonly content: Buffer | null;
}

/** Who did something and when; `at` is milliseconds since 1970 UTC and is clamped to seconds from 1970 on. */
export interface Signature {
  readonly name: string;
  readonly email: string;
  readonly at: number;
}

/** The key that signs commits and tags: absolute path of the private half (mode 0600). */
export interface SigningKey {
  readonly privateKey: string;
  /** One line: `ssh-ed25519 AAAA… comment`. */
  readonly publicKey: string;
  /** File that `git verify-commit` reads, naming the principals that may sign. */
  readonly allowedSigners: string;
}

/** Who a checkpoint or a result is by, when nothing more precise is known. */
export const THALOGOS_EMAIL = 'thalogos@localhost';
