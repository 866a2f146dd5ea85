/** What no first picture needs, in the order in which one will want it. */
const REST: readonly (() => Promise<unknown>)[] = [
  () => import('../ui/dialog-body.tsx'),
  () => import('../ui/markdown-body.tsx'),
  () => import('../features/chat/plan-card.tsx'),
  () => import('./inspector.tsx'),
  () => import('../features/canvas/graph-page.tsx'),
  () => import('../features/inbox/inbox-page.tsx'),
  () => import('../features/review/review-list-page.tsx'),
  () => import('../features/save/save-page.tsx'),
  () => import('../features/tasks/task-page.tsx'),
  () => import('../features/timeline/timeline-page.tsx'),
  () => import('../features/branches/branches-page.tsx'),
  () => import('../features/conflicts/conflicts-page.tsx'),
  () => import('../features/agents/agents-page.tsx'),
  () => import('../features/settings/settings-page.tsx'),
  () => import('../features/review/review-page.tsx'),
];

/** Waits until the page has nothing better to do. */
function idle(): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve());
    else setTimeout(resolve, 200);
  });
}

/** Fetches the other panels, one whenever the page rests, so that they open at once and also while the server is away. */
export async function fetchRest(): Promise<void> {
  for (const load of REST) {
    await idle();
    // What can't be fetched now is asked for when it is opened, and there it is said.
    await load().catch(() => undefined);
  }
}
