import type { PreviewLine } from '@thalogos/contracts';
import { useEffect, useState } from 'react';
import { useTRPCClient } from '../../lib/trpc.ts';
import { addLines } from './preview-view.ts';

const EVERY_MS = 1000;

/** What a preview prints, asked for every second while it runs and is shown. */
export function usePreviewLog(task: string, isRunning: boolean): readonly PreviewLine[] {
  const client = useTRPCClient();
  const [lines, setLines] = useState<readonly PreviewLine[]>([]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last = 0;
    let isOver = false;
    const ask = async () => {
      // What could not be asked now is asked a second later; the page says by itself that the server is away.
      const answer = await client.visits.previewLog.query({ task, after: last }).catch(() => null);
      if (isOver) return;
      last = answer?.lines.at(-1)?.number ?? last;
      if (answer !== null) setLines((before) => addLines(before, answer.lines));
      if (isRunning) timer = setTimeout(() => void ask(), EVERY_MS);
    };
    void ask();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [client, task, isRunning]);
  return lines;
}
