import './frame.css';
import { Navigate, Outlet, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useContext } from 'react';
import { useInterface } from '../lib/interface-state.ts';
import { useIsStale } from '../lib/use-is-stale.ts';
import { useProjects } from '../lib/use-project.ts';
import { classes } from '../ui/classes.ts';
import { ShowQuery } from '../ui/panel-states.tsx';
import { Notes } from './notes.tsx';
import { InPane } from './panes/pane-router.tsx';
import { PANELS_WITH_STRIP, PANELS_WITHOUT_PROJECT } from './panels.ts';
import { Rail } from './rail.tsx';
import { Shortcuts } from './shortcuts.tsx';
import { StatusLine } from './status-line.tsx';
import { Strip } from './strip.tsx';
import { TopBar } from './top-bar.tsx';
import { useInspector } from './use-inspector.ts';
import { usePause } from './use-pause.ts';

// Not needed for the first picture of the page.
const Inspector = lazy(async () => ({ default: (await import('./inspector.tsx')).Inspector }));
const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }));
const KeysSheet = lazy(async () => ({ default: (await import('./keys-sheet.tsx')).KeysSheet }));

function Sides({ path }: { readonly path: string }) {
  const isStripOpen = useInterface((state) => state.isStripOpen);
  const { isShown } = useInspector();
  return (
    <>
      {isShown && (
        <Suspense fallback={<aside className="frame-side" aria-label="Inspector" />}>
          <Inspector />
        </Suspense>
      )}
      {isStripOpen && PANELS_WITH_STRIP.includes(path) && <Strip />}
    </>
  );
}

/** A panel asks about the project that is shown: before it is known which one that is, there is nothing to ask. */
function Panel() {
  const isStale = useIsStale();
  const { query } = useProjects();
  return (
    <main className={classes('frame-panel', isStale && 'stale')} id="panel" tabIndex={-1}>
      <ShowQuery query={query} what="The projects could not be read.">
        {() => <Outlet />}
      </ShowQuery>
    </main>
  );
}

/** The frame round every panel; of several side by side each is drawn without one. */
export function Layout() {
  return useContext(InPane) ? <Outlet /> : <Frame />;
}

/** Bar, rail, notes, panel with its sides, status line. */
function Frame() {
  const path = useRouterState({ select: (state) => state.location.pathname });
  const { isPaused } = usePause();
  const { query, project } = useProjects();
  if (query.isSuccess && project === null && !PANELS_WITHOUT_PROJECT.includes(path))
    return <Navigate to="/welcome" />;
  return (
    <div className={classes('frame', isPaused && 'frame-paused')}>
      <a className="frame-skip" href="#panel">
        Skip to the panel
      </a>
      <TopBar />
      <Rail />
      <div className="frame-main">
        <Notes />
        <Panel />
        <Sides path={path} />
      </div>
      <StatusLine />
      <Shortcuts />
      <Suspense fallback={null}>
        <Palette />
        <KeysSheet />
      </Suspense>
    </div>
  );
}
