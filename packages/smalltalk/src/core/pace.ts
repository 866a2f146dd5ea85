/** So many pieces of work begin in one turn of the event loop; milliseconds each, so the loop comes round often. */
const AT_ONCE = 16;

/**
 * Lets work that comes in a crowd begin in the order in which it came, a few in each turn of the event loop.
 *
 * Where storage and models answer from memory, a thousand messages would otherwise hold the loop until the last one is
 * answered: no answer would go out, and no heartbeat would be heard, before.
 */
export class Pace {
  readonly #waiting: (() => void)[] = [];
  #begun = 0;
  #isTurning = false;

  /** Resolves when the work may begin; mostly at once. */
  enter(): Promise<void> {
    this.#turn();
    if (this.#begun < AT_ONCE && this.#waiting.length === 0) {
      this.#begun += 1;
      return Promise.resolve();
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #turn(): void {
    if (this.#isTurning) return;
    this.#isTurning = true;
    setImmediate(() => {
      this.#isTurning = false;
      const next = this.#waiting.splice(0, AT_ONCE);
      this.#begun = next.length;
      if (this.#begun > 0) this.#turn();
      for (const begin of next) begin();
    });
  }
}
