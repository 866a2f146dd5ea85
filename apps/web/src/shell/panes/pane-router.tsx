import { createMemoryHistory, createRouter, RouterProvider, useRouter } from '@tanstack/react-router';
import { createContext, useEffect, useEffectEvent, useState } from 'react';

/** Whether what is drawn stands in a pane: the frame is around all of them then, and not around each. */
export const InPane = createContext(false);

/**
 * A panel with an address of its own: its links, its selections and its way back stay in the pane,
 * and the address of the window stays what it is.
 */
export function PaneRouter({
  address,
  onMoved,
}: {
  /** Where it begins, and where it is moved to from elsewhere. */
  readonly address: string;
  readonly onMoved: (address: string) => void;
}) {
  const { options } = useRouter();
  const [router] = useState(() =>
    createRouter({
      ...options,
      history: createMemoryHistory({ initialEntries: [address] }),
    }),
  );
  const told = useEffectEvent((href: string) => {
    if (href !== address) onMoved(href);
  });
  useEffect(() => router.subscribe('onResolved', ({ toLocation }) => told(toLocation.href)), [router]);
  useEffect(() => {
    if (router.latestLocation.href !== address) router.history.push(address);
  }, [router, address]);
  return (
    <InPane value={true}>
      <RouterProvider router={router} />
    </InPane>
  );
}
