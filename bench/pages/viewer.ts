/** One way of showing a change, from its data on the server to its first lines. */
export interface Viewer {
  /** Fetches what it needs and begins to show it. */
  readonly show: (view: HTMLElement) => Promise<void>;
  /** Whether lines of the change are there to be read. */
  readonly isShown: (view: HTMLElement) => boolean;
}

/** A text of the server's. */
export async function fetchText(path: string): Promise<string> {
  return (await fetch(path)).text();
}
