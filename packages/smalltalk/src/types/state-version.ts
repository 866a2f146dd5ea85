/** What a state belongs to. */
export type StateEntityType = 'session' | 'agent' | 'conversation';

/** The state of something at one moment: an object that JSON can carry. */
export type StateSnapshot = Readonly<Record<string, unknown>>;

/** Which fields of a state differ from the version before. */
export type StateDiff = {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
};

/** What is known about a version without reading its state. */
export type StateVersionEntry = {
  /** UUID v4. */
  readonly versionId: string;
  readonly entityId: string;
  readonly entityType: StateEntityType;
  /** 1 for the first, then 2, without a gap. */
  readonly version: number;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly changeAuthor: string;
  readonly diff: StateDiff;
};

/** One version of a state. */
export type StateVersion = StateVersionEntry & { readonly snapshot: StateSnapshot };

/** How two changes of one state become one: the later one whole, or both together field by field. */
export type ConflictStrategy = 'last-write-wins' | 'merge';
