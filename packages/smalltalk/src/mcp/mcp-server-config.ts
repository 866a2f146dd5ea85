/** How an MCP server is reached: as a process of ours, or over HTTP. */
export type McpServerConfig = {
  /** Letters, digits and `-`, at most 24: it begins the name of each of the server's tools. */
  readonly name: string;
  /** Milliseconds for connecting and for each call (30,000). */
  readonly timeoutMs?: number;
} & (
  | {
      readonly type: 'stdio';
      readonly command: string;
      readonly args?: readonly string[];
      /** All that the process gets beside `PATH`, `HOME` and their like: none of our keys. */
      readonly env?: Readonly<Record<string, string>>;
      readonly cwd?: string;
    }
  | { readonly type: 'http'; readonly url: string; readonly headers?: Readonly<Record<string, string>> }
);
