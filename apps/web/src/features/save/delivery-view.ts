import type { Delivery } from '@thalogos/contracts';

/** What a person types so that their checkout can take what was saved; null where nothing is to be typed. */
export function deliveryCommand(delivery: Delivery | null, path: string): string | null {
  if (delivery?.state !== 'waiting') return null;
  const git = `git -C ${quote(path)}`;
  if (/under way in your checkout/.test(delivery.reason)) return `${git} status`;
  if (delivery.files.length === 0) return null;
  return `${git} stash push -- ${delivery.files.map(quote).join(' ')}`;
}

/** What comes of typing it, in a sentence. */
export function deliveryHint(delivery: Delivery): string {
  return /under way in your checkout/.test(delivery.reason)
    ? 'Finish it or give it up there, then try again.'
    : 'It puts your edits aside, and `git stash pop` brings them back afterwards. Or commit them. Then try again.';
}

/** One word of a command line. */
function quote(word: string): string {
  return /^[\w./@%+=:-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
