import type { ReviewFile, ReviewFiles, ReviewPatches } from '@thalogos/contracts';

const oid = (letter: string) => letter.repeat(40);

const BUCKET = `@@ -1,7 +1,7 @@ types
 import type { Clock } from "../platform/clock.js";
 
-export type Bucket = { tokens: number; at: number };
+export type Bucket = { tokens: number; refilledAt: number };
 
 export type LimitDecision =
-  | { allowed: true }
+  | { allowed: true; remaining: number }
   | { allowed: false; retryAfterMs: number };
@@ -14,12 +14,14 @@ take()
 
+/** Takes \`cost\` tokens or says when they will be there. Never blocks. */
 export function take(bucket: Bucket, cost: number, limit: Limit, now: number) {
-  const refill = Math.floor((now - bucket.at) / 1000) * limit.perSecond;
-  const tokens = Math.min(limit.burst, bucket.tokens + refill);
+  const elapsed = now - bucket.refilledAt;
+  const refill = (elapsed / 1000) * limit.perSecond;
+  const tokens = Math.min(limit.burst, bucket.tokens + refill);
   if (tokens < cost) {
     const missing = cost - tokens;
-    return { allowed: false, retryAfterMs: missing * 1000 };
+    return { allowed: false, retryAfterMs: Math.ceil((missing / limit.perSecond) * 1000) };
   }
-  return { allowed: true };
+  return { allowed: true, remaining: tokens - cost };
 }
\\ No newline at end of file`;

const STORE = `@@ -0,0 +1,6 @@
+import type { Bucket } from './token-bucket.js';
+
+/** Keeps a bucket for each key. */
+export interface LimitStore {
+  find(key: string): Bucket | undefined;
+}`;

const DOCS = Array.from({ length: 120 }, (_, at) => `+A line of the guide, number ${at + 1}.`).join('\n');

const patches: Readonly<Record<string, string>> = {
  'src/limits/token-bucket.ts': BUCKET,
  'src/limits/limit-store.ts': STORE,
  'docs/limits.md': `@@ -0,0 +1,120 @@\n${DOCS}`,
};

const file = (path: string, different: Partial<ReviewFile> = {}): ReviewFile => ({
  ...{ path, from: null, status: 'modified', added: 8, removed: 6, binary: false },
  ...{ oldMode: '100644', newMode: '100644', oldOid: oid('1'), newOid: oid('2') },
  ...different,
});

const NEW = { status: 'added', removed: 0, oldMode: '000000', oldOid: oid('0') } as const;

/** The files of the sample's change under review. */
export const sampleChange: ReviewFiles = {
  tree: oid('c'),
  files: [
    file('docs/limits.md', { ...NEW, added: 120 }),
    file('docs/limits.png', { ...NEW, added: 0, binary: true }),
    file('scripts/load.sh', { added: 0, removed: 0, newMode: '100755', newOid: oid('1') }),
    file('src/limits/limit-store.ts', { ...NEW, added: 6 }),
    file('src/limits/token-bucket.ts', { added: 9, removed: 6 }),
  ].toReversed(),
  patches: [],
  looked: { tree: oid('9'), at: Date.now() - 1_900_000, withMain: false },
  edits: [
    { by: 'Mara Keller', at: Date.now() - 240_000, what: 'took out 1 hunk', paths: ['src/http/server.ts'] },
  ],
};

/** The patches of these files. */
export function samplePatches(paths: readonly string[]): ReviewPatches {
  return {
    patches: paths.map((path) => {
      const patch = patches[path] ?? '';
      const lines = patch === '' ? 0 : patch.split('\n').length;
      return { path, patch, end: lines, lines };
    }),
  };
}

/** A file of the change as one edits it. */
export const SAMPLE_TEXT = BUCKET.split('\n')
  .filter((line) => !line.startsWith('-') && !line.startsWith('@') && !line.startsWith('\\'))
  .map((line) => line.slice(1))
  .join('\n');
