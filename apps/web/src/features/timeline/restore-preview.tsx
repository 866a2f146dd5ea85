import type { RollbackPreview } from '@thalogos/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { formatNoun, formatSequence } from '../../lib/format.ts';
import { useWriteBlock } from '../../lib/live-state.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { AgentDisc } from '../../ui/agent-disc.tsx';
import { Button } from '../../ui/button.tsx';
import { LineCounts } from '../../ui/line-counts.tsx';
import { ShowQuery } from '../../ui/panel-states.tsx';
import { StateIcon } from '../../ui/state-icon.tsx';
import { toastError } from '../../ui/toast.tsx';
import { RestorePath } from './restore-path.tsx';
import { withWords } from './with-words.ts';

const FIRST_FILES = 8;

function Undone({ preview }: { readonly preview: RollbackPreview }) {
  return (
    <section>
      <h4 className="label">{formatNoun(preview.undone.length, 'task')} undone</h4>
      <ul>
        {preview.undone.map((task) => (
          <li key={`${task.tag} ${task.id}`}>
            <AgentDisc name={task.agent} />
            <span className="grow cut">{task.title}</span>
            <span className="mono f11 t3">{formatSequence(task.tag)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Leads to the lines of what changes back: what main has now, compared with what is restored. */
function OpenDiff({ preview }: { readonly preview: RollbackPreview }) {
  const now = preview.checkpoints.at(-1);
  if (now === undefined) return null;
  return (
    <Link
      to="/timeline/$tag"
      params={{ tag: now }}
      search={withWords({ with: preview.tag })}
      className="link f12"
    >
      Open diff
    </Link>
  );
}

function Files({ preview }: { readonly preview: RollbackPreview }) {
  const [areAllShown, setAllShown] = useState(false);
  const rest = preview.files.length - FIRST_FILES;
  return (
    <section>
      <header className="row">
        <h4 className="label grow">
          {formatNoun(preview.files.length, 'file')} {preview.files.length === 1 ? 'changes' : 'change'} back
        </h4>
        <OpenDiff preview={preview} />
      </header>
      <ul>
        {(areAllShown ? preview.files : preview.files.slice(0, FIRST_FILES)).map((file) => (
          <li key={file.path}>
            <span className="mono t3" title={file.status}>
              {file.status.charAt(0).toUpperCase()}
            </span>
            <span className="mono grow cut" title={file.path}>
              {file.path}
            </span>
            <LineCounts added={file.added} removed={file.removed} />
          </li>
        ))}
      </ul>
      {rest > 0 && !areAllShown && (
        <Button size="sm" variant="ghost" onClick={() => setAllShown(true)}>
          {formatNoun(rest, 'more file')}
        </Button>
      )}
    </section>
  );
}

function useRestore(project: string, tag: string) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation(
    trpc.saves.rollback.mutationOptions({
      onSuccess: async ({ save }) => {
        // Else the Save before this one would be shown as if it were the restore.
        client.setQueryData(trpc.saves.current.queryKey({ project }), { save });
        await navigate({ to: '/save' });
      },
      onError: (error) =>
        toastError(`${formatSequence(tag)} was not restored; main of ${project} is where it was.`, error),
    }),
  );
}

/** What a restore would undo, task by task and file by file, before it is done; it makes a new entry and can itself be undone. */
export function RestorePreview({
  project,
  tag,
  onClose,
}: {
  readonly project: string;
  readonly tag: string;
  readonly onClose: () => void;
}) {
  const trpc = useTRPC();
  const block = useWriteBlock();
  const query = useQuery({ ...trpc.saves.rollbackPreview.queryOptions({ project, tag }), staleTime: 0 });
  const restore = useRestore(project, tag);
  const name = formatSequence(tag);
  return (
    <section className="restore" aria-label="Restore preview">
      <header>
        <h3>Restore preview</h3>
        <p className="t2">
          main gets the files of {name} as a new checkpoint. History only grows: restoring again brings
          everything back.
        </p>
      </header>
      <ShowQuery query={query} what="The preview could not be made.">
        {(preview) => (
          <>
            <RestorePath preview={preview} />
            <div className="restore-two">
              <Undone preview={preview} />
              <Files preview={preview} />
            </div>
            {preview.commits > 0 && (
              <p className="restore-warn">
                <StateIcon look="waiting" />
                <span>
                  <b>{formatNoun(preview.commits, 'commit')} of your own</b> lie beside the checkpoints and
                  would be covered. They stay in the history.
                </span>
              </p>
            )}
          </>
        )}
      </ShowQuery>
      <footer className="restore-foot">
        <span className="f12 t3 grow">
          Databases and everything outside of the repository are not touched.
        </span>
        <Button variant="ghost" onClick={onClose}>
          Close
        </Button>
        <Button
          variant="primary"
          busy={restore.isPending}
          disabledBecause={block ?? (query.data === undefined ? 'The preview is not there yet.' : null)}
          onClick={() => restore.mutate({ project, tag })}
        >
          Restore {name}
        </Button>
      </footer>
    </section>
  );
}
