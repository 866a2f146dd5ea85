import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router';
import { parseAddressSearch, writeAddressSearch } from '../lib/address-search.ts';
import { Skeleton } from '../ui/panel-states.tsx';
import { BareLayout } from './bare-layout.tsx';
import { FaultPage } from './fault-page.tsx';
import { Layout } from './layout.tsx';
import { NotFoundPage } from './not-found-page.tsx';

const root = createRootRoute({
  component: Outlet,
  notFoundComponent: NotFoundPage,
  errorComponent: FaultPage,
});
const framed = createRoute({ getParentRoute: () => root, id: 'framed', component: Layout });
const bare = createRoute({ getParentRoute: () => root, id: 'bare', component: BareLayout });
const at = <const P extends string>(path: P) => ({ getParentRoute: () => framed, path });

const timelinePage = lazyRouteComponent(
  () => import('../features/timeline/timeline-page.tsx'),
  'TimelinePage',
);

const branchesPage = lazyRouteComponent(
  () => import('../features/branches/branches-page.tsx'),
  'BranchesPage',
);

const tree = root.addChildren([
  framed.addChildren([
    createRoute({
      ...at('/'),
      component: lazyRouteComponent(() => import('./mission-route.tsx'), 'MissionRoute'),
    }),
    createRoute({
      ...at('/graph'),
      component: lazyRouteComponent(() => import('../features/canvas/graph-page.tsx'), 'GraphPage'),
    }),
    createRoute({
      ...at('/inbox'),
      component: lazyRouteComponent(() => import('../features/inbox/inbox-page.tsx'), 'InboxPage'),
    }),
    createRoute({
      ...at('/review'),
      component: lazyRouteComponent(
        () => import('../features/review/review-list-page.tsx'),
        'ReviewListPage',
      ),
    }),
    createRoute({
      ...at('/review/$task'),
      component: lazyRouteComponent(() => import('../features/review/review-page.tsx'), 'ReviewPage'),
    }),
    createRoute({
      ...at('/tasks/$task'),
      component: lazyRouteComponent(() => import('../features/tasks/task-page.tsx'), 'TaskPage'),
    }),
    createRoute({ ...at('/timeline'), component: timelinePage }),
    createRoute({ ...at('/timeline/$tag'), component: timelinePage }),
    createRoute({ ...at('/branches'), component: branchesPage }),
    createRoute({ ...at('/branches/$branch'), component: branchesPage }),
    createRoute({
      ...at('/save'),
      component: lazyRouteComponent(() => import('../features/save/save-page.tsx'), 'SavePage'),
    }),
    createRoute({
      ...at('/conflicts'),
      component: lazyRouteComponent(
        () => import('../features/conflicts/conflicts-page.tsx'),
        'ConflictsPage',
      ),
    }),
    createRoute({
      ...at('/conflicts/$conflict'),
      component: lazyRouteComponent(() => import('../features/conflicts/conflicts-page.tsx'), 'ConflictPage'),
    }),
    createRoute({
      ...at('/search'),
      component: lazyRouteComponent(() => import('../features/search/search-page.tsx'), 'SearchPage'),
    }),
    createRoute({
      ...at('/agents'),
      component: lazyRouteComponent(() => import('../features/agents/agents-page.tsx'), 'AgentsPage'),
    }),
    createRoute({
      ...at('/log'),
      component: lazyRouteComponent(() => import('../features/events/events-page.tsx'), 'EventsPage'),
    }),
    createRoute({
      ...at('/panels'),
      component: lazyRouteComponent(() => import('./panes/panes-page.tsx'), 'PanesPage'),
    }),
    createRoute({
      ...at('/coordination'),
      component: lazyRouteComponent(
        () => import('../features/coordination/coordination-page.tsx'),
        'CoordinationPage',
      ),
    }),
    createRoute({
      ...at('/settings'),
      component: lazyRouteComponent(() => import('../features/settings/settings-page.tsx'), 'SettingsPage'),
    }),
  ]),
  bare.addChildren([
    createRoute({
      getParentRoute: () => bare,
      path: '/welcome',
      component: lazyRouteComponent(() => import('../features/welcome/welcome-page.tsx'), 'WelcomePage'),
    }),
  ]),
]);

/** Every address of the console. */
export const router = createRouter({
  routeTree: tree,
  defaultPreload: 'intent',
  parseSearch: parseAddressSearch,
  stringifySearch: writeAddressSearch,
  // Nothing for the first 150 ms of a panel that is still being fetched, then its bars.
  defaultPendingMs: 0,
  defaultPendingMinMs: 0,
  defaultPendingComponent: () => <Skeleton label="The panel is being fetched" />,
  defaultErrorComponent: FaultPage,
  defaultNotFoundComponent: NotFoundPage,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
