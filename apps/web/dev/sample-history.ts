import type {
  Comparison,
  TimelineDetail,
  TimelineEntry,
  TimelinePage,
  TimelinePageInput,
  UndoneTask,
} from '@thalogos/contracts';

const OID = '7be2d10'.padEnd(40, '0');

/** A page of the sample's timeline, narrowed by its text alone. */
export function samplePageOf(
  entries: readonly TimelineEntry[],
  { filter }: Pick<TimelinePageInput, 'filter'>,
): TimelinePage {
  const needle = (filter.text ?? '').toLowerCase();
  return {
    entries: entries.filter(
      (entry) =>
        entry.summary.toLowerCase().includes(needle) &&
        (filter.kind === undefined || entry.kind === filter.kind),
    ),
    next: null,
    agents: ['backend', 'claude', 'codex'],
    people: ['Mara Keller'],
  };
}

/** One entry of the sample; the third one's seal is of a key that nobody knows. */
export function sampleDetail(entries: readonly TimelineEntry[], id: string): TimelineDetail {
  const at = entries.findIndex((entry) => entry.tag === id || entry.save === id);
  const entry = entries[at];
  if (entry === undefined) throw new Error(`There is no entry ${id}`);
  const isLanded = entry.kind === 'save' || entry.kind === 'restore';
  const before = entries.slice(at + 1).find((one) => one.tag !== null)?.tag ?? null;
  return {
    entry,
    seal: !isLanded
      ? null
      : at === 3
        ? { state: 'unknown-key', why: 'Its tag is signed with a key that this Thalogos does not know.' }
        : { state: 'verified', why: 'Signed by Thalogos (SHA256:4kQ).' },
    isNow: at === 0,
    before,
    later: at,
    tasks: entry.tasks.map((task, index) => ({ ...task, isUndone: entry.undoneBy !== null && index < 2 })),
    promotions: [],
  };
}

/** Two tasks that a restore took off. */
export const sampleUndone: UndoneTask[] = [
  ...[
    { id: 't-o1', title: 'Seat map', agent: 'design', tag: 'checkpoint/2026-11-20-010' },
    { id: 't-o2', title: 'Receipts by mail', agent: 'backend', tag: 'checkpoint/2026-11-20-010' },
  ].map((task) => ({ ...task, undoneBy: 'checkpoint/2026-11-20-011' })),
];

/** What lies between two of the sample's checkpoints. */
export function sampleComparison(from: string, to: string): Comparison {
  const end = (tag: string) => ({
    tag,
    commit: OID,
    at: Date.now() - 3_600_000,
    summary: 'Fares in whole cents',
  });
  return {
    from: end(from),
    to: end(to),
    files: [
      {
        path: 'web/src/seats/seat-map.tsx',
        from: null,
        status: 'deleted',
        added: 0,
        removed: 212,
        binary: false,
      },
      {
        path: 'src/times/timetable.ts',
        from: 'src/times/table.ts',
        status: 'renamed',
        added: 41,
        removed: 118,
        binary: false,
      },
      { path: 'openapi.yaml', from: null, status: 'modified', added: 12, removed: 88, binary: false },
    ],
    commits: [
      {
        oid: OID,
        title: 'Fares in whole cents',
        author: 'Codex',
        at: Date.now(),
        isOurs: true,
        side: 'gained',
      },
      {
        oid: OID.replace('7', '8'),
        title: 'Mend a typo',
        author: 'Mara Keller',
        at: Date.now(),
        isOurs: false,
        side: 'lost',
      },
    ],
    tasks: [
      { id: 't-o3', title: 'Child and bicycle fares', agent: 'codex', tag: to, side: 'gained' },
      { id: 't-o1', title: 'Seat map', agent: 'design', tag: from, side: 'lost' },
    ],
    agents: ['codex', 'design'],
    checks: [
      { name: 'types', from: 'passed', to: 'passed' },
      { name: 'tests', from: null, to: 'failed' },
    ],
    between: [
      { id: 'v-1', kind: 'failed', summary: 'Checks failed: tests, since “Seat map”', at: Date.now() },
      { id: to, kind: 'save', summary: 'Child and bicycle fares and 2 more', at: Date.now() },
    ],
    totals: { files: 3, added: 53, removed: 418, commits: 2 },
  };
}
