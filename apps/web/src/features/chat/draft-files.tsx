import type { Attachment } from '@thalogos/contracts';
import { useMutation } from '@tanstack/react-query';
import { FileText, Image, RotateCw, X } from 'lucide-react';
import { useShallow } from 'zustand/react/shallow';
import { changeDraft, useDraft } from '../../lib/draft-state.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { classes } from '../../ui/classes.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { formatFileSize, isPicture } from './files-view.ts';
import { type FilePlace, forgetRefused, stopUpload, tryAgain, type Upload, useUploads } from './uploads.ts';

function Kept({ file, onRemove }: { readonly file: Attachment; readonly onRemove: () => void }) {
  return (
    <li className="file-chip">
      {isPicture(file.mediaType) ? <Image size={14} aria-hidden /> : <FileText size={14} aria-hidden />}
      <span className="cut">{file.name}</span>
      <span className="mono f11 t3">{formatFileSize(file.bytes)}</span>
      <IconButton size="sm" label={`Take ${file.name} away`} onClick={onRemove}>
        <X size={12} aria-hidden />
      </IconButton>
    </li>
  );
}

function OnItsWay({ upload, project }: { readonly upload: Upload; readonly project: string }) {
  const { file, sent, problem } = upload;
  return (
    <li className={classes('file-chip', problem !== null && 'file-chip-failed')}>
      <span className="cut">{file.name}</span>
      {problem === null ? (
        <>
          <progress max={file.size} value={sent} aria-label={`${file.name} is handed in`} />
          <span className="mono f11 t3">
            {formatFileSize(sent)} of {formatFileSize(file.size)}
          </span>
        </>
      ) : (
        <>
          <span className="f12" role="alert">
            {problem}
          </span>
          <IconButton size="sm" label={`Try ${file.name} again`} onClick={() => tryAgain(upload, project)}>
            <RotateCw size={12} aria-hidden />
          </IconButton>
        </>
      )}
      <IconButton
        size="sm"
        label={problem === null ? `Call off ${file.name}` : `Forget ${file.name}`}
        onClick={() => stopUpload(upload)}
      >
        <X size={12} aria-hidden />
      </IconButton>
    </li>
  );
}

/** The files that go with what is being typed: those that are there, those on their way, and what can't go along. */
export function DraftFiles({ place, project }: FilePlace) {
  const trpc = useTRPC();
  const { files } = useDraft(place);
  const uploads = useUploads(useShallow((state) => state.uploads.filter((one) => one.place === place)));
  const refused = useUploads((state) => state.refused[place]) ?? [];
  // What stays behind is swept by the server after a day.
  const drop = useMutation(trpc.attachments.drop.mutationOptions({ retry: false }));
  const remove = ({ id }: Attachment) => {
    changeDraft(place, (draft) => ({ files: draft.files.filter((one) => one.id !== id) }));
    drop.mutate({ attachment: id });
  };
  if (files.length + uploads.length + refused.length === 0) return null;
  return (
    <div className="draft-files">
      <ul className="chat-files" aria-label="Files that go along">
        {files.map((file) => (
          <Kept key={file.id} file={file} onRemove={() => remove(file)} />
        ))}
        {uploads.map((upload) => (
          <OnItsWay key={upload.id} upload={upload} project={project} />
        ))}
      </ul>
      {refused.length > 0 && (
        <div className="row f12 field-problem" role="alert">
          <span className="grow">{refused.join(' ')}</span>
          <IconButton size="sm" label="Close" onClick={() => forgetRefused(place)}>
            <X size={12} aria-hidden />
          </IconButton>
        </div>
      )}
    </div>
  );
}
