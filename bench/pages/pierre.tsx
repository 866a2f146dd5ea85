import { parsePatchFiles } from '@pierre/diffs';
import { CodeView, WorkerPoolContextProvider } from '@pierre/diffs/react';
import DiffWorker from '@pierre/diffs/worker/worker.js?worker';
import { createRoot } from 'react-dom/client';
import { fetchText, type Viewer } from './viewer.ts';

const poolOptions = { workerFactory: () => new DiffWorker(), poolSize: 2 };

/** Pierre's view, which draws what is in view and colours it in workers. */
export const pierre: Viewer = {
  show: async (view) => {
    const files = parsePatchFiles(await fetchText('/change.patch')).flatMap((patch) => patch.files);
    const items = files.map((fileDiff) => ({ id: fileDiff.name, type: 'diff' as const, fileDiff }));
    createRoot(view).render(
      <WorkerPoolContextProvider poolOptions={poolOptions} highlighterOptions={{}}>
        <CodeView items={items} options={{ diffStyle: 'unified' }} className="pierre" />
      </WorkerPoolContextProvider>,
    );
  },
  isShown: (view) => [...view.querySelectorAll('*')].some(hasLines),
};

function hasLines({ shadowRoot }: Element): boolean {
  return shadowRoot?.querySelector('[data-line]') != null;
}
