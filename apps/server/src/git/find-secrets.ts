import type { GitPath } from './git-path.ts';

/** A line that looks like a secret; the secret itself is not repeated. */
export interface SecretFinding {
  readonly path: GitPath;
  /** Line number in the new file. */
  readonly line: number;
  readonly kind: string;
}

const PATTERNS: readonly { readonly kind: string; readonly pattern: RegExp }[] = [
  { kind: 'private key', pattern: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----/ },
  { kind: 'AWS access key', pattern: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/ },
  { kind: 'GitHub token', pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,})/ },
  { kind: 'GitLab token', pattern: /\bglpat-[A-Za-z0-9_-]{20,}/ },
  { kind: 'Anthropic key', pattern: /\bsk-ant-[A-Za-z0-9_-]{24,}/ },
  { kind: 'OpenAI key', pattern: /\bsk-(?:proj-|svcacct-)?[A-Za-z0-9_-]{40,}/ },
  { kind: 'Google API key', pattern: /\bAIza[0-9A-Za-z_-]{35}\b/ },
  { kind: 'Slack token', pattern: /\bxox[abposr]-[A-Za-z0-9-]{20,}/ },
  { kind: 'Stripe key', pattern: /\b[rs]k_live_[A-Za-z0-9]{24,}/ },
  { kind: 'npm token', pattern: /\bnpm_[A-Za-z0-9]{36}\b/ },
];

/** Looks through the added lines of a patch for well-known forms of secrets. */
export function findSecrets(patch: string): SecretFinding[] {
  const findings: SecretFinding[] = [];
  let path = '';
  let line = 0;
  for (const text of patch.split('\n')) {
    const hunk = /^@@ -\S+ \+(\d+)/.exec(text);
    if (hunk !== null) line = Number(hunk[1]);
    else if (text.startsWith('+++ ')) path = pathOf(text);
    else if (text.startsWith('+')) {
      const found = PATTERNS.find(({ pattern }) => pattern.test(text));
      if (found !== undefined) findings.push({ path, line, kind: found.kind });
      line += 1;
    } else if (text.startsWith(' ')) line += 1;
  }
  return findings;
}

/** `+++ b/a name` (a tab follows a name with blanks) or `+++ "b/a\tname"`. */
function pathOf(header: string): GitPath {
  const name = header.slice(4).replace(/\t$/, '');
  return name.replace(/^"?b\//, '').replace(/"$/, '');
}
