import type { TerminalGreeting } from '@thalogos/contracts';

/** How a terminal's connection stands. */
export type TerminalLink =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open' }
  | { readonly kind: 'lost'; readonly tries: number }
  | { readonly kind: 'parted'; readonly why: string; readonly canRejoin: boolean };

/** The codes with which a server closes the connection; see the contract. */
const CLOSE = { ended: 4000, takenOver: 4001, tooFast: 4002, unreadable: 4003 } as const;

/** What a closed connection means; one that was lost is opened again by itself. */
export function afterClose(code: number, reason: string, tries: number): TerminalLink {
  switch (code) {
    case CLOSE.ended:
      return { kind: 'parted', why: `It is closed: ${reason}.`, canRejoin: false };
    case CLOSE.takenOver:
      return { kind: 'parted', why: 'It is shown in another window now.', canRejoin: true };
    case CLOSE.tooFast:
      return {
        kind: 'parted',
        why: 'That was too much input at once; not all of it arrived.',
        canRejoin: true,
      };
    case CLOSE.unreadable:
      return { kind: 'parted', why: 'The server did not understand this page; reload it.', canRejoin: true };
    default:
      return { kind: 'lost', tries: tries + 1 };
  }
}

/** Milliseconds before the next try. */
export function waitBefore(tries: number): number {
  return Math.min(8000, 250 * 2 ** tries);
}

/** Whether what was drawn so far has to go, because what the server still has begins later, or elsewhere. */
export function isFresh(greeting: Pick<TerminalGreeting, 'from'>, received: number): boolean {
  return greeting.from !== received;
}

/** Long input in pieces that one frame takes; a letter of two halves is not cut. */
export function cutInput(text: string, most: number = 16_384): readonly string[] {
  const pieces: string[] = [];
  for (let from = 0; from < text.length; ) {
    let to = Math.min(text.length, from + most);
    if (to < text.length && /[\uD800-\uDBFF]/.test(text.charAt(to - 1))) to -= 1;
    pieces.push(text.slice(from, to));
    from = to;
  }
  return pieces;
}
