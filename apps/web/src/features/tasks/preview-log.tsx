import { useEffect, useRef } from 'react';
import { Ansi } from '../../ui/ansi.tsx';
import { usePreviewLog } from './use-preview-log.ts';

/** What the dev server prints, at its end unless a person has scrolled up. */
export function PreviewLog({ task, isRunning }: { readonly task: string; readonly isRunning: boolean }) {
  const lines = usePreviewLog(task, isRunning);
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  useEffect(() => {
    if (isAtEnd.current) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [lines]);
  if (lines.length === 0 && !isRunning) return null;
  return (
    <div
      ref={box}
      className="preview-log mono f11"
      // It scrolls, so the keys have to reach it.
      tabIndex={0}
      role="log"
      aria-label="Output of the dev server"
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        isAtEnd.current = scrollHeight - scrollTop - clientHeight < 8;
      }}
    >
      {lines.map(({ number, text }) => (
        <div key={number}>
          <Ansi output={text} />
        </div>
      ))}
    </div>
  );
}
