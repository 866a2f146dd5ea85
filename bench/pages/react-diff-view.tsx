import 'react-diff-view/style/index.css';
import { createRoot } from 'react-dom/client';
import { Diff, Hunk, parseDiff } from 'react-diff-view';
import { fetchText, type Viewer } from './viewer.ts';

/** react-diff-view: a table row for each line. */
export const reactDiffView: Viewer = {
  show: async (view) => {
    const files = parseDiff(await fetchText('/change.patch'));
    createRoot(view).render(
      files.map((file) => (
        <Diff key={file.newRevision} viewType="unified" diffType={file.type} hunks={file.hunks}>
          {(hunks) => hunks.map((hunk) => <Hunk key={hunk.content} hunk={hunk} />)}
        </Diff>
      )),
    );
  },
  isShown: (view) => view.querySelector('.diff-line') !== null,
};
