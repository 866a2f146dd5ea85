/** Where the consumers of a log have got to; survives a restart in the durable forms. */
export interface CursorStore {
  /** The last number that the consumer is done with, or undefined if it is not known here. */
  load(consumer: string): Promise<number | undefined>;
  /** Records the positions of several consumers, all or none. */
  save(cursors: ReadonlyMap<string, number>): Promise<void>;
  /** Forgets a consumer; one that is not known is no error. */
  delete(consumer: string): Promise<void>;
}
