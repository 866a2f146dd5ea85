import type { Attachment } from '@thalogos/contracts';
import { Download } from 'lucide-react';
import { formatFileSize, isPicture } from './files-view.ts';

/** The files that went with a message: pictures are shown, everything else is handed out. */
export function MessageFiles({ files }: { readonly files: readonly Attachment[] }) {
  return (
    <ul className="chat-files chat-files-said" aria-label="Files that went along">
      {files.map(({ id, name, bytes, mediaType }) => (
        <li key={id}>
          {isPicture(mediaType) ? (
            <a href={`/upload/${id}`} target="_blank" rel="noreferrer" title={name}>
              <img className="chat-picture" src={`/upload/${id}`} alt={name} loading="lazy" />
            </a>
          ) : (
            <a className="file-chip link" href={`/upload/${id}`} download={name}>
              <Download size={14} aria-hidden />
              <span className="cut">{name}</span>
              <span className="mono f11 t3">{formatFileSize(bytes)}</span>
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}
