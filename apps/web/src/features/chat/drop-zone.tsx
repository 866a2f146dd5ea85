import { type DragEvent, type ReactNode, useState } from 'react';
import { addFiles, type FilePlace } from './uploads.ts';

const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes('Files');

/** Folders come as empty files or can't be read; their entries say what they are. */
function filesOf({ dataTransfer }: DragEvent): File[] {
  return [...dataTransfer.items].flatMap((item) => {
    const file = item.getAsFile();
    if (file === null) return [];
    const isFolder = item.webkitGetAsEntry()?.isDirectory ?? false;
    return [isFolder ? Object.assign(file, { isFolder }) : file];
  });
}

/** Takes files that are dropped anywhere on it. */
export function DropZone({
  where,
  block,
  children,
}: {
  readonly where: FilePlace;
  readonly block: string | null;
  readonly children: ReactNode;
}) {
  const [isOver, setOver] = useState(false);
  return (
    <section
      className="chat"
      aria-label="Conversation with the swarm"
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = block === null ? 'copy' : 'none';
        setOver(true);
      }}
      onDragLeave={({ currentTarget, relatedTarget }) => {
        if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setOver(false);
      }}
      onDrop={(event) => {
        setOver(false);
        if (!hasFiles(event)) return;
        // The browser would open it in place of the console.
        event.preventDefault();
        if (block === null) addFiles(where, filesOf(event));
      }}
    >
      {children}
      {isOver && <div className="drop-hint">{block ?? 'Let go, and the files go with what you say.'}</div>}
    </section>
  );
}
