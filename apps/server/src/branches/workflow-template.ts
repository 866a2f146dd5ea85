import type { ProjectConfig, WorkflowOffer } from '@thalogos/contracts';

const PATH = '.github/workflows/session-branches.yml';

/** Commits of the actions' releases: a tag can be moved to other code, a commit can't. */
const CHECKOUT = 'actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2';
const SETUP_NODE = 'actions/setup-node@49933ea5288caeca8642d1e84afbd3f7d6820020 # v4.4.0';
const SECRET_SCANNER = 'ghcr.io/gitleaks/gitleaks:v8.30.1';
const VULNERABILITY_SCANNER = 'ghcr.io/google/osv-scanner:v2.4.0';

/**
 * A workflow that runs the project's own setup and checks, and a security scan, on every pushed session branch.
 *
 * It is text to look at: nothing writes it anywhere, because what runs on a forge is the person's to commit.
 */
export function offerWorkflow({ setup, checks }: Pick<ProjectConfig, 'setup' | 'checks'>): WorkflowOffer {
  const steps = [
    ...setup.map((command) => step('Set up', command)),
    ...checks.map(({ name, command }) => step(name, command)),
  ];
  const content = `# Offered by Thalogos from .thalogos/config.yaml; commit it to use it.
name: session branches
on:
  push:
    branches: ["session/**"]
permissions:
  contents: read
concurrency:
  group: \${{ github.workflow }}-\${{ github.ref }}
  cancel-in-progress: true
jobs:
  tests:
    runs-on: ubuntu-24.04
    timeout-minutes: 30
    steps:
      - uses: ${CHECKOUT}
        with:
          persist-credentials: false
      - uses: ${SETUP_NODE}
        with:
          node-version: 24
${steps.length === 0 ? NO_CHECKS : steps.join('')}  security:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    steps:
      - uses: ${CHECKOUT}
        with:
          fetch-depth: 0
          persist-credentials: false
      - name: Secrets in the history
        run: docker run --rm -v "$PWD:/src:ro" -e GIT_CONFIG_COUNT=1 -e GIT_CONFIG_KEY_0=safe.directory -e GIT_CONFIG_VALUE_0=/src ${SECRET_SCANNER} git --redact --no-banner /src
      - name: Known vulnerabilities of dependencies
        run: docker run --rm -v "$PWD:/src:ro" ${VULNERABILITY_SCANNER} scan source --recursive --allow-no-lockfiles /src
`;
  return { path: PATH, content, notes: notesOn(steps.length) };
}

const NO_CHECKS = `      - name: No checks
        run: echo "The project file names no checks."; exit 1
`;

function step(name: string, command: readonly string[]): string {
  return `      - name: ${JSON.stringify(name)}\n        run: ${JSON.stringify(command.map(quoted).join(' '))}\n`;
}

/** One word of a command as a shell reads it back; the forge's own expressions are taken apart, so that they stay words. */
function quoted(word: string): string {
  if (/^[\w./:=@%+,-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", `'\\''`).replaceAll('${{', () => "$''{{")}'`;
}

function notesOn(steps: number): string[] {
  return [
    `Save it as ${PATH} on the project's branch; session branches made after that carry it.`,
    'The actions are pinned to commits. The two scanners are pinned to a version; add the digest of the image that you looked at (@sha256:…) to pin them as well.',
    'It may read the repository and nothing else; no secret is handed to it.',
    ...(steps === 0 ? ['The project file names no checks, so the workflow fails until it does.'] : []),
  ];
}
