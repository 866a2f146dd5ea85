/** About how many tokens a text takes: a token for each 3.6 bytes, which errs on the high side for most languages. */
export function estimateTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / 3.6);
}
