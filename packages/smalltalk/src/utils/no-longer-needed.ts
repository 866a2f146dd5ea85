/**
 * Why a wait or a call is ended whose result has come already, or which nobody wants any more.
 *
 * Made once: `abort()` without a reason makes an error with its stack, which takes longer than all that it ends.
 */
export const NO_LONGER_NEEDED = new DOMException('Nobody waits for this any more', 'AbortError');
