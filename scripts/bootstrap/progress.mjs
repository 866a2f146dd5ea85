/** A step of the set-up that could not be done; its message is what the person should read. */
export class StepFailed extends Error {}

/**
 * Reports steps with their seconds.
 *
 * @param {{ write: (text: string) => void, live: boolean }} out `live` also names a step when it begins
 */
export function makeProgress({ write, live }) {
  return {
    write,
    /**
     * @template T
     * @param {string} title
     * @param {() => Promise<T>} work
     * @returns {Promise<T>}
     */
    async step(title, work) {
      const began = Date.now();
      if (live) write(`  ... ${title}\n`);
      try {
        const result = await work();
        write(`  ok  ${title} (${seconds(began)} s)\n`);
        return result;
      } catch (error) {
        write(`  --  ${title} failed (${seconds(began)} s)\n`);
        throw error;
      }
    },
  };
}

/** Progress for commands whose answer is for people: it goes to standard output. */
export function progressOnOutput() {
  return makeProgress({ write: (text) => process.stdout.write(text), live: process.stdout.isTTY === true });
}

/** Progress beside an answer that a program may read: standard error, and only if a person looks at it. */
export function progressOnError() {
  const watched = process.stderr.isTTY === true;
  return makeProgress({ write: (text) => watched && process.stderr.write(text), live: watched });
}

/** Progress of `npm start`: always shown, never mixed with the line that names the address. */
export function progressOfStart() {
  return makeProgress({ write: (text) => process.stderr.write(text), live: process.stderr.isTTY === true });
}

/** @param {number} began milliseconds since the epoch */
function seconds(began) {
  return ((Date.now() - began) / 1000).toFixed(1);
}
