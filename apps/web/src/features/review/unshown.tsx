import { formatNoun } from '../../lib/format.ts';
import type { PatchFile } from './patch-files.ts';

/** What of a change has no lines to show, and why. */
export function Unshown({ files, isCut }: { readonly files: readonly PatchFile[]; readonly isCut: boolean }) {
  const binary = files.filter((file) => file.binary);
  const moved = files.filter((file) => !file.binary && file.from !== null && file.added + file.removed === 0);
  const cut = files.filter((file) => file.patch === null && !file.binary);
  if (files.length === 0 && !isCut) return null;
  return (
    <div className="review-note-line">
      {binary.length > 0 && (
        <p>
          {formatNoun(binary.length, 'binary file')}: {binary.map((file) => file.path).join(', ')}
        </p>
      )}
      {moved.map((file) => (
        <p key={file.path}>
          {file.from} was moved to {file.path}.
        </p>
      ))}
      {(isCut || cut.length > 0) && (
        <p>
          The change is too large to be shown whole
          {cut.length > 0 && `: ${formatNoun(cut.length, 'file')} are not shown`}. Approve it only after a
          look at its branch.
        </p>
      )}
    </div>
  );
}
