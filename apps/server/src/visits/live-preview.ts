import type { Preview, PreviewLine } from '@thalogos/contracts';
import type { Clock } from '../platform/clock.ts';
import type { RunningProcess } from '../platform/process.ts';
import { awaitAnswer } from './await-answer.ts';
import { evolvePreview, type PreviewFact, previewHost } from './preview.ts';
import { makePreviewLog } from './preview-log.ts';

/** A dev server that runs, or has ended. */
export interface LivePreview {
  preview(): Preview;
  log(after: number): readonly PreviewLine[];
  stop(): Promise<void>;
  /** Settles when its process has ended. */
  readonly ended: Promise<void>;
}

/** What a live preview is made of. */
export interface LivePreviewDeps {
  readonly preview: Preview;
  readonly running: RunningProcess;
  /** The path that answers when it is ready. */
  readonly path: string;
  readonly clock: Clock;
  readonly redactText: (text: string) => string;
  /** Ends what its group does not hold any more. */
  readonly sweep: () => Promise<unknown>;
  readonly onMoved: (preview: Preview) => void;
}

/** How long a dev server may take before a person is told that nothing answers. */
const SILENT_SECONDS = 60;

/** Watches over a dev server: what it prints, when it answers, how it ends. */
export function watchPreview(deps: LivePreviewDeps): LivePreview {
  const { running, clock, path, onMoved } = deps;
  const log = makePreviewLog(deps.redactText);
  let preview = deps.preview;
  let isStopped = false;

  const move = (fact: PreviewFact) => {
    const state = evolvePreview(preview.state, fact, clock.now());
    if (state === preview.state) return;
    preview = { ...preview, state };
    onMoved(preview);
  };
  const { port, task } = preview;
  const stopAsking = awaitAnswer({ port, name: previewHost(task), path, clock }, () =>
    move({ kind: 'answered' }),
  );
  const stopTimer = clock.after(SILENT_SECONDS * 1000, () => {
    if (preview.state.kind !== 'starting') return;
    log.say(`Nothing answers at port ${port} yet. It has to listen on the port in the variable PORT.`);
    move({ kind: 'silent', seconds: SILENT_SECONDS });
  });
  running.stdin.end();
  running.stdout.on('data', (bytes: Buffer) => log.push('out', bytes));
  running.stderr.on('data', (bytes: Buffer) => log.push('err', bytes));
  const ended = running.exited.then(async ({ code, signal }) => {
    stopAsking();
    stopTimer();
    await deps.sweep();
    log.end();
    move({ kind: 'ended', isStopped, code, signal });
  });

  return {
    preview: () => preview,
    log: log.after,
    ended,
    stop: async () => {
      isStopped = true;
      await running.stop();
      await ended;
    },
  };
}
