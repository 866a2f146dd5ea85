import '../../apps/web/src/ui/tokens.css';
import '../../apps/web/src/ui/base.css';
import { ReviewFiles, ReviewPatches } from '@thalogos/contracts';
import { useCallback, useMemo } from 'react';
import { createRoot } from 'react-dom/client';
import type { FileActs } from '../../apps/web/src/features/review/diff-heads.tsx';
import { diffRows } from '../../apps/web/src/features/review/diff-rows.ts';
import { type NoteActs, ReviewDiff } from '../../apps/web/src/features/review/review-diff.tsx';
import { type PatchWish, usePatches } from '../../apps/web/src/features/review/use-patches.ts';
import { fetchText, type Viewer } from './viewer.ts';

const nothing = () => undefined;
const acts: FileActs = {
  ...{ viewOf: () => 'new', isAccepted: () => false, block: { edit: null, hunks: null } },
  ...{ onView: nothing, onFold: nothing, onEdit: nothing, onTakeOut: nothing, onAccept: nothing },
};
const notes: NoteActs = {
  ...{ onBegin: nothing, onKeep: nothing, onEdit: nothing, onApply: nothing, linesOf: () => [], block: null },
};
const isFolded = () => false;

function Change({ changes }: { readonly changes: ReviewFiles }) {
  const { files, tree, patches: first } = changes;
  const load = useCallback(
    async (wish: PatchWish) => {
      const input = encodeURIComponent(JSON.stringify({ ...wish, tree }));
      return ReviewPatches.parse(JSON.parse(await fetchText(`/patches?input=${input}`))).patches;
    },
    [tree],
  );
  const { patches, error, retry, want } = usePatches({ files, variant: '', load, first });
  const rows = useMemo(
    () => diffRows({ files, patches, notes: [], isSplit: false, isFolded }),
    [files, patches],
  );
  return (
    <ReviewDiff
      {...{ rows, acts, notes, error }}
      isSplit={false}
      selection={null}
      onSelect={nothing}
      onWant={want}
      onRetry={retry}
    />
  );
}

/** The console's review: the files and the first lines, then the lines that are looked at. */
function reviewOf(path: string): Viewer {
  return {
    show: async (view) => {
      const changes = ReviewFiles.parse(JSON.parse(await fetchText(path)));
      createRoot(view).render(<Change changes={changes} />);
    },
    isShown: (view) => view.querySelector('.diff-added .diff-text') !== null,
  };
}

/** Given what it asks for from memory, as the other viewers are. */
export const ours = reviewOf('/files');
/** As a person has it: git compares the two trees first. */
export const oursFromGit = reviewOf('/files-from-git');
