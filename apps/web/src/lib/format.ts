const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const clockSeconds = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long' });
const whole = new Intl.NumberFormat('en');

/** Time of day, `14:16`. */
export function formatClock(at: number, withSeconds = false): string {
  return (withSeconds ? clockSeconds : clock).format(at);
}

/** Day and month, `20 November`; today and yesterday by name. */
export function formatDay(at: number, now: number): string {
  const start = new Date(now).setHours(0, 0, 0, 0);
  if (at >= start) return `Today, ${day.format(at)}`;
  if (at >= start - DAY) return `Yesterday, ${day.format(at)}`;
  return day.format(at);
}

/** A length of time in its two largest units: `7m 31s`, `2h 05m`, `9s`. `ms` in milliseconds. */
export function formatElapsed(ms: number): string {
  const span = Math.max(0, ms);
  if (span < MINUTE) return `${Math.floor(span / 1000)}s`;
  const pad = (value: number) => String(Math.floor(value)).padStart(2, '0');
  if (span < HOUR) return `${Math.floor(span / MINUTE)}m ${pad((span % MINUTE) / 1000)}s`;
  if (span < DAY) return `${Math.floor(span / HOUR)}h ${pad((span % HOUR) / MINUTE)}m`;
  return `${Math.floor(span / DAY)}d ${Math.floor((span % DAY) / HOUR)}h`;
}

/** How long ago, in one unit: `just now`, `2 min ago`, `3 h ago`, `5 days ago`. */
export function formatAgo(at: number, now: number): string {
  const span = now - at;
  if (span < 45_000) return 'just now';
  if (span < HOUR) return `${Math.max(1, Math.round(span / MINUTE))} min ago`;
  if (span < DAY) return `${Math.round(span / HOUR)} h ago`;
  const days = Math.round(span / DAY);
  return days === 1 ? 'yesterday' : `${days} days ago`;
}

/** Seconds with one decimal, `34.0 s`; `ms` in milliseconds. */
export function formatSeconds(ms: number): string {
  return `${(Math.max(0, ms) / 1000).toFixed(1)} s`;
}

/** A whole number with separators, `18,204`. */
export function formatCount(count: number): string {
  return whole.format(count);
}

/** A number and its noun, `1 task`, `3 tasks`. */
export function formatNoun(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`;
}

/** Tokens, short: `940`, `88k`, `1.2M`. */
export function formatTokens(tokens: number): string {
  if (tokens < 1000) return String(tokens);
  if (tokens < 999_500) return `${Math.round(tokens / 1000)}k`;
  return `${(tokens / 1_000_000).toFixed(1)}M`;
}

/** US dollars, `$3.18`. */
export function formatUsd(usd: number): string {
  return `$${usd.toFixed(2)}`;
}

/** The first seven digits of a commit or tree, as git prints it. */
export function formatOid(oid: string): string {
  return oid.slice(0, 7);
}

/** The number of a checkpoint as people say it, `014`; the tag itself stays the full name. */
export function formatSequence(tag: string): string {
  return tag.split('-').at(-1) ?? tag;
}

/** Bytes in the largest unit that keeps a figure before the point, `940 B`, `12 kB`, `3.4 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} kB`;
  if (bytes < 999_500_000) return `${(bytes / 1_000_000).toFixed(1)} MB`;
  return `${(bytes / 1_000_000_000).toFixed(1)} GB`;
}
