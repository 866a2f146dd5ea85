/** What is known of an agent's older versions. */
interface Advisories {
  /** The oldest that was driven with success; the adapter refuses any before it. */
  readonly minimum: string;
  /** Why none before it, in words for a person. */
  readonly driven: string;
  /** Published weaknesses, by the version in which they were mended. */
  readonly mended: readonly { readonly id: string; readonly in: string; readonly what: string }[];
}

/** Why each agent has the oldest version that it has. */
export const ADVISORIES: Readonly<Record<string, Advisories>> = {
  codex: {
    minimum: '0.169.0',
    driven: 'its app-server is experimental and speaks another protocol in other versions',
    mended: [
      { id: 'CVE-2025-61260', in: '0.23.0', what: 'a repository could start commands by its own settings' },
      {
        id: 'CVE-2025-59532',
        in: '0.39.0',
        what: 'its sandbox could be widened by a path that a model chose',
      },
    ],
  },
  claude: {
    minimum: '2.1.197',
    driven: 'none before it was driven',
    mended: [
      {
        id: 'GHSA-mmgp-wc2j-qcv7',
        in: '2.1.53',
        what: 'a repository’s settings counted before it was trusted',
      },
      {
        id: 'GHSA-q5hj-mxqh-vv77',
        in: '2.1.84',
        what: 'a repository could borrow the trust of another folder',
      },
      { id: 'the claude-cli:// weakness', in: '2.1.118', what: 'a link could run commands' },
    ],
  },
  gemini: {
    minimum: '0.61.0',
    driven: 'none before it was driven over ACP',
    mended: [
      {
        id: 'GHSA-wpqr-6v78-jr5g',
        in: '0.39.1',
        what: 'without a terminal a repository was trusted unasked and could run commands',
      },
    ],
  },
  qwen: { minimum: '0.24.4', driven: 'none before it was driven over ACP', mended: [] },
  opencode: {
    minimum: '1.18.33',
    driven: 'none before it was driven over ACP',
    mended: [{ id: 'CVE-2026-22812', in: '1.0.216', what: 'any page could run commands through its server' }],
  },
  copilot: { minimum: '1.0.102', driven: 'none before it was driven over ACP', mended: [] },
};

/** The oldest version of an agent that is driven and why none before it; null for one that comes with Thalogos. */
export function minimumOf(agent: string): { version: string; why: string } | null {
  const known = ADVISORIES[agent];
  if (known === undefined) return null;
  const weak = known.mended.map(({ id, in: version, what }) => `before ${version} ${what} (${id})`);
  return { version: known.minimum, why: [known.driven, ...weak].join('; ') };
}
