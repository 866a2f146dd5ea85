import { type Preview, PreviewLogInput, type TaskVisits, VisitInput } from '@thalogos/contracts';

const LOG = [
  '> ferrywise@2.4.0 dev',
  '> vite --port 4901 --strictPort',
  '',
  '\u001b[32m  VITE v8.3.8\u001b[39m  ready in 412 ms',
  '  \u001b[32m➜\u001b[39m  Local: http://localhost:4901/',
  '\u001b[2m12:04:11\u001b[22m [vite] \u001b[32mhmr update\u001b[39m /src/seats/seat-map.tsx',
  '\u001b[33m[warn]\u001b[39m 2 keys without a plan',
];

const preview: Preview = {
  ...{ task: 't-mw', by: 'Mara Keller', port: 4901, startedAt: 1, url: 'http://t-mw.localhost:4901/' },
  command: ['npm', 'run', 'dev', '--', '--port', '4901', '--strictPort'],
  state: { kind: 'ready', at: 2 },
};

const offer: TaskVisits['offer'] = {
  ...{ kind: 'command', command: ['npm', 'run', 'dev', '--', '--port', '{port}', '--strictPort'] },
  ...{ script: 'vite', from: 'package.json', hash: 'a1', isTrusted: true },
};

const visits: TaskVisits = {
  ...{ worktree: '/home/mara/.local/share/thalogos/projects/p-1/worktrees/s-1/t-mw', terminals: [], offer },
  ...{ preview: null, editors: [{ id: 'zed', title: 'Zed' }] },
};

/** Each task shows another state of a visit: one at work, one that has ended, one that could begin, one without a worktree. */
const byTask: Readonly<Record<string, TaskVisits>> = {
  't-mw': {
    ...visits,
    preview,
    terminals: [1, 2].map((number) => ({
      ...{ id: `x-${number}`, task: 't-mw', by: 'Mara Keller', shell: '/bin/zsh', kind: 'full' },
      startedAt: number,
    })),
  },
  't-bucket': {
    ...visits,
    preview: {
      ...preview,
      state: { kind: 'ended', at: 3, isStopped: false, why: 'It ended by itself with code 1.' },
    },
  },
  't-columns': { ...visits, worktree: null, offer: { kind: 'none', why: 'The task has no worktree.' } },
};

/** The visit of a task. */
export function sampleVisits(input: unknown): TaskVisits {
  return byTask[VisitInput.parse(input).task] ?? visits;
}

/** What the preview prints. */
export function samplePreviewLog(input: unknown) {
  const { after } = PreviewLogInput.parse(input);
  return { lines: LOG.map((text, index) => ({ number: index + 1, text })).slice(after) };
}
