import type { Decision } from '@thalogos/contracts';

/** How much may go wrong with a yes, and why; `destroys` where it can't be taken back. */
export interface Risk {
  readonly level: 'none' | 'low' | 'high';
  readonly words: string;
  readonly destroys: boolean;
}

/** What a command line gives away about itself; the first that fits is said. A guess to look twice at, never a permission. */
const SIGNS: readonly (readonly [RegExp, string, 'destroys' | 'high' | 'low'])[] = [
  [
    /\brm\s+(-\w*\s+)*-\w*[rf]|\brmdir\b|\bshred\b|\bunlink\b|\bfind\b.*-delete\b/,
    'deletes files for good',
    'destroys',
  ],
  [
    /\bgit\s+(push\b.*(--force|-f\b|--delete|\s\+)|reset\s+--hard|clean\s+-\w*f|branch\s+-D)/,
    'throws away work that git keeps',
    'destroys',
  ],
  [/\b(mkfs|fdisk|dd)\b|>\s*\/dev\/(?!null)/, 'writes to a device', 'destroys'],
  [
    /\b(drop|truncate)\s+(table|database|schema)\b|\bdelete\s+from\b/i,
    'deletes data of a database',
    'destroys',
  ],
  [
    /\b(npm|pnpm|yarn|cargo|twine|gem)\s+publish\b|\bgit\s+push\b|\bgh\s+(pr|release)\b/,
    'puts something where others see it',
    'high',
  ],
  [/\bsudo\b|\bsu\s|\bdoas\b/, 'runs with more rights than yours', 'high'],
  [/\b(curl|wget)\b[^|]*\|\s*(ba|z|da)?sh\b/, 'runs what it fetches, unseen', 'high'],
  [
    /\bchmod\b|\bchown\b|\bcrontab\b|\bsystemctl\b|\blaunchctl\b/,
    'changes this machine beside the worktree',
    'high',
  ],
  [
    /\b(npm|pnpm|yarn|bun)\b[^|;&]*\s(i|ci|add|install)\b|\bpip3?\s+install\b|\bcargo\s+(add|install)\b|\bapt(-get)?\s+install\b/,
    'fetches packages, whose scripts may run',
    'low',
  ],
  [/\b(curl|wget|ssh|scp|rsync|nc)\b/, 'talks to another machine', 'low'],
];

/** What a yes to a decision risks. Pure, and of what is shown alone. */
export function riskOf({ kind, detail }: Pick<Decision, 'kind' | 'detail'>): Risk {
  switch (kind) {
    case 'command':
      return ofCommand(detail);
    case 'edit':
      return risk('high', 'changes files outside of its worktree, which no Save and no restore brings back');
    case 'mcp':
      return risk('low', 'uses a tool of another program, which may act outside of the worktree');
    case 'trust':
      return risk('high', 'runs on this machine from now on, whenever it is needed');
    case 'question':
    case 'conflict':
    case 'failure':
    case 'silence':
      return risk('none', 'nothing runs and nothing lands by answering');
  }
}

function ofCommand(detail: string): Risk {
  const sign = SIGNS.find(([pattern]) => pattern.test(detail));
  if (sign === undefined) return risk('low', 'runs a command in its worktree');
  const [, words, grade] = sign;
  if (grade === 'destroys') return { level: 'high', words, destroys: true };
  return risk(grade, words);
}

function risk(level: Risk['level'], words: string): Risk {
  return { level, words, destroys: false };
}
