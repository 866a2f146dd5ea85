/** The line of the new file at which a unified diff begins; 1 where it does not say. */
export function firstLineOf(patch: string): number {
  return Math.max(1, Number(/^@@ -\d+(?:,\d+)? \+(\d+)/m.exec(patch)?.[1] ?? 1));
}

/** Whether a path that an agent has named stays in its worktree, as it is written; the server looks at links. */
export function isInner(path: string): boolean {
  return !/^([\\/]|[a-z]:)/i.test(path) && !path.split(/[\\/]/).includes('..');
}
