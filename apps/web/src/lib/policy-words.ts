import type { ConflictPolicy } from '@thalogos/contracts';

const words: Readonly<Record<ConflictPolicy, string>> = {
  identical: 'identical on both sides',
  whitespace: 'whitespace only',
  'non-overlapping': 'edits that do not meet',
  union: 'union of listed files',
  imports: 'import lists as sets',
  'sorted-keys': 'sorted keys as sets',
  generated: 'generated anew',
};

/** Whether what settled a conflict is a rule; else it is a solution that somebody gave. */
export function isPolicy(name: string): name is ConflictPolicy {
  return name in words;
}

/** What a rule is called that has settled a conflict; whatever else has settled it is said as it is. */
export function policyWords(name: string): string {
  return isPolicy(name) ? words[name] : name;
}
