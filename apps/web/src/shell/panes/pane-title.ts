import { PANELS } from '../panels.ts';

const OTHERS: readonly (readonly [string, string])[] = [
  ['/tasks/', 'Task'],
  ['/save', 'Save'],
  ['/conflicts', 'Conflicts'],
  ['/search', 'Search'],
];

/** What a pane at this address is called. */
export function titleOf(address: string): string {
  const path = address.split('?')[0] ?? address;
  const panel = PANELS.find(({ to }) =>
    to === '/' ? path === '/' : path === to || path.startsWith(`${to}/`),
  );
  return panel?.title ?? OTHERS.find(([start]) => path.startsWith(start))?.[1] ?? 'Panel';
}
