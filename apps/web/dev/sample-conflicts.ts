import type { ConflictDetail, ConflictHunk, ConflictList } from '@thalogos/contracts';

const MINUTE = 60_000;

const lines = (text: string): string[] => text.match(/[^\n]*\n/g) ?? [];
const same = (text: string): ConflictHunk => ({ kind: 'same', lines: lines(text) });

const HEAD = `import { createServer } from "node:http";
import { findKey } from "../keys/find-key.js";
import { logCall } from "./access-log.js";
import { limitCall } from "./rate-limit.js";

${Array.from({ length: 30 }, (_, at) => `// The routes of the public API, part ${at + 1}.\n`).join('')}
export function serve(routes: Routes) {
  return createServer(async (req, res) => {
`;
const OURS = `    const started = performance.now();
    const key = await findKey(req);
    await route(routes, req, res);
    logCall({
      keyId: key?.id ?? "anonymous",
      status: res.statusCode,
      ms: performance.now() - started,
    });
`;
const THEIRS = `    const key = await findKey(req);
    if (!key) return deny(res, 401);
    const d = await limitCall(key);
    if (!d.allowed) {
      return deny(res, 429, d);
    }
    await route(routes, req, res);
`;
const BASE = `    await route(routes, req, res);
`;
const MIDDLE = `  });
}

`;
const TAIL = Array.from({ length: 22 }, (_, at) => `export const part${at} = ${at};\n`).join('');

const sides = {
  ours: { task: 't-access', title: 'Access log with key id' },
  theirs: { task: 't-mw', title: 'Rate-limit middleware' },
} as const;
const patch = `@@ -39,3 +39,10 @@\n   return createServer(async (req, res) => {\n-${BASE}${lines(OURS)
  .map((line) => `+${line}`)
  .join('')}`;
const intentions: ConflictDetail['intentions'] = {
  ours: {
    ...sides.ours,
    session: 's-1',
    text: 'One line for every call, with the key and how long it took, whatever the answer was.',
    agent: 'devops',
    patch,
  },
  theirs: {
    ...sides.theirs,
    session: 's-1',
    text: 'Calls without a key, or over their limit, are refused before any route runs.',
    agent: 'claude',
    patch,
  },
};

/** The conflicts of the sample: lines, a deletion, a binary, one that is settled. Every value is made up. */
export function sampleConflicts(now: number): ConflictDetail[] {
  const plain = {
    ...sides,
    policy: null,
    save: 'v-1',
    at: now - 4 * MINUTE,
    intentions,
    isText: true,
    resolution: null,
    remembered: null,
    proposal: null,
  } satisfies Partial<ConflictDetail>;
  const limits = {
    kind: 'conflict',
    base: [],
    ours: ['export const LOG_KEEP_DAYS = 30;\n'],
    theirs: ['export const BURST = 40;\n', 'export const PER_MINUTE = 600;\n'],
  } satisfies ConflictHunk;
  return [
    {
      ...plain,
      id: 'c-server',
      path: 'src/http/server.ts',
      kind: 'text',
      contents: {
        base: `${HEAD}${BASE}${MIDDLE}${TAIL}`,
        ours: `${HEAD}${OURS}${MIDDLE}${limits.ours.join('')}${TAIL}`,
        theirs: `${HEAD}${THEIRS}${MIDDLE}${limits.theirs.join('')}${TAIL}`,
      },
      hunks: [
        same(HEAD),
        { kind: 'conflict', base: lines(BASE), ours: lines(OURS), theirs: lines(THEIRS) },
        same(MIDDLE),
        limits,
        same(TAIL),
      ],
      choices: ['ours', 'theirs', 'union', 'content'],
      remembered: { content: `${HEAD}${OURS}${THEIRS}${MIDDLE}${TAIL}`, by: 'Mara Keller', at: now - 9e8 },
    },
    {
      ...plain,
      id: 'c-routes',
      path: 'src/http/routes.ts',
      kind: 'text',
      contents: { base: 'a\n', ours: 'b\n', theirs: 'c\n' },
      hunks: [{ kind: 'conflict', base: ['a\n'], ours: ['b\n'], theirs: ['c\n'] }],
      choices: ['ours', 'theirs', 'union', 'content'],
      resolution: { take: 'theirs', by: 'Mara Keller', at: now - MINUTE, task: null },
    },
    {
      ...plain,
      id: 'c-legacy',
      path: 'src/keys/legacy-key.ts',
      kind: 'modify-delete',
      contents: { base: 'export const a = 1;\n', ours: 'export const a = 2;\n', theirs: null },
      hunks: [],
      choices: ['ours', 'theirs', 'content'],
    },
    {
      ...plain,
      id: 'c-logo',
      path: 'web/public/logo.png',
      kind: 'binary',
      contents: { base: null, ours: null, theirs: null },
      isText: false,
      hunks: [],
      choices: ['ours', 'theirs', 'content'],
    },
  ];
}

/** The same as a list. */
export function conflictList(details: readonly ConflictDetail[]): ConflictList {
  return {
    conflicts: details.map(({ id, path, kind, ours, theirs, policy, resolution }) => ({
      id,
      path,
      kind,
      ours,
      theirs,
      policy,
      resolution,
    })),
  };
}
