/** How many deliveries are remembered for one subscriber unless told otherwise. */
export const PROCESSED_LIMIT = 10_000;

/** Remembers the most recent keys, at most `limit` of them; every operation takes the same short time. */
export class ProcessedIds {
  readonly #keys = new Set<string>();
  readonly #limit: number;

  constructor(limit = PROCESSED_LIMIT) {
    this.#limit = limit;
  }

  /** Whether the key is remembered; being asked for keeps it for longer. */
  has(key: string): boolean {
    if (!this.#keys.delete(key)) return false;
    this.#keys.add(key);
    return true;
  }

  /** Remembers a key and, at the limit, forgets the one that was of no use for longest. */
  add(key: string): void {
    this.#keys.delete(key);
    this.#keys.add(key);
    if (this.#keys.size <= this.#limit) return;
    const [oldest] = this.#keys;
    if (oldest !== undefined) this.#keys.delete(oldest);
  }

  /** How many keys are remembered. */
  get size(): number {
    return this.#keys.size;
  }
}
