/** How many deliveries are remembered for one subscriber unless told otherwise. */
export const PROCESSED_LIMIT = 10_000;

/** What a map needs for an entry beside the letters of its key, in bytes; measured, not exact. */
const ENTRY_BYTES = 80;

/** Remembers the most recent keys, at most `limit` of them; every operation takes the same short time. */
export class ProcessedIds {
  readonly #keys = new Map<string, number>();
  readonly #limit: number;
  #letters = 0;

  constructor(limit = PROCESSED_LIMIT) {
    this.#limit = limit;
  }

  /** Whether the key is remembered; being asked for keeps it for longer. */
  has(key: string): boolean {
    const addedAt = this.#keys.get(key);
    if (addedAt === undefined) return false;
    this.#keys.delete(key);
    this.#keys.set(key, addedAt);
    return true;
  }

  /** Remembers a key and, at the limit, forgets the one that was of no use for longest. */
  add(key: string, now = 0): void {
    this.#delete(key);
    this.#keys.set(key, now);
    this.#letters += key.length;
    if (this.#keys.size > this.#limit) this.#dropOldest();
  }

  /** Forgets what was added before a moment, and gives its number. */
  forgetBefore(moment: number): number {
    const before = this.#keys.size;
    for (const [key, addedAt] of this.#keys) if (addedAt < moment) this.#delete(key);
    return before - this.#keys.size;
  }

  /** Forgets the less useful half, and gives its number. */
  halve(): number {
    const drop = Math.ceil(this.#keys.size / 2);
    for (let count = 0; count < drop; count += 1) this.#dropOldest();
    return drop;
  }

  /** How many keys are remembered. */
  get size(): number {
    return this.#keys.size;
  }

  /** About how much memory they take. */
  get bytes(): number {
    return this.#letters + this.#keys.size * ENTRY_BYTES;
  }

  #dropOldest(): void {
    const [oldest] = this.#keys.keys();
    if (oldest !== undefined) this.#delete(oldest);
  }

  #delete(key: string): void {
    if (this.#keys.delete(key)) this.#letters -= key.length;
  }
}
