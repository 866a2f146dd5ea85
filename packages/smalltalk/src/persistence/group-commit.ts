import type { Database, Transaction } from 'better-sqlite3';
import { StorageError } from '../types/errors.ts';
import { toStorageError } from './storage-rules.ts';

type Job = {
  readonly what: string;
  readonly run: () => void;
  readonly commit: () => void;
  readonly fail: (error: Error) => void;
};

/**
 * Writes to a database so that what is asked for at the same time costs one wait for the disk.
 *
 * Each write happens wholly or not at all, whatever becomes of the others, and resolves once it is on the disk.
 */
export class GroupCommit {
  readonly #database: Database;
  /** Made once: making a transaction takes longer than a small one. */
  readonly #transact: Transaction<(work: () => void) => void>;
  #jobs: Job[] = [];
  #done: Promise<void> = Promise.resolve();

  constructor(database: Database) {
    this.#database = database;
    this.#transact = database.transaction((work: () => void) => {
      work();
    });
  }

  /** Does some work inside a transaction and gives its result after the commit; `what` names it if it fails. */
  write<T>(what: string, work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      let result: { readonly value: T } | undefined;
      const run = () => {
        result = { value: work() };
      };
      const commit = () => {
        if (result !== undefined) resolve(result.value);
      };
      this.#enqueue({ what, run, commit, fail: reject });
    });
  }

  /** Resolves when everything asked for so far is done. */
  idle(): Promise<void> {
    return this.#done;
  }

  #enqueue(job: Job): void {
    this.#jobs.push(job);
    if (this.#jobs.length > 1) return;
    this.#done = new Promise((resolve) => {
      setImmediate(() => {
        this.#flush();
        resolve();
      });
    });
  }

  #flush(): void {
    const jobs = this.#jobs;
    this.#jobs = [];
    const written: Job[] = [];
    try {
      this.#transact.immediate(() => {
        for (const job of jobs) {
          if (this.#runJob(job, jobs.length === 1)) written.push(job);
          // A full disk may end the whole transaction; what came later would be written outside of it.
          else if (!this.#database.inTransaction)
            throw new StorageError('The database gave the transaction up');
        }
      });
    } catch (cause) {
      // Those whose own work failed have been told why already, and a promise settles once.
      for (const job of jobs) job.fail(toStorageError(job.what, cause));
      return;
    }
    for (const job of written) job.commit();
  }

  /** Within the transaction of the group a job is a savepoint: it can fail alone. One that is alone needs none. */
  #runJob(job: Job, isAlone: boolean): boolean {
    if (isAlone) {
      job.run();
      return true;
    }
    try {
      this.#transact(job.run);
      return true;
    } catch (cause) {
      job.fail(toStorageError(job.what, cause));
      return false;
    }
  }
}
