import type { AppRouter } from '@thalogos/server/router';
import type { inferRouterOutputs } from '@trpc/server';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Lock } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { formatOid } from '../../lib/format.ts';
import { useWriteBlock } from '../../lib/live-state.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { chooseProject } from '../../lib/use-project.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { ShowQuery } from '../../ui/panel-states.tsx';
import { LookWord } from '../../ui/state-word.tsx';
import { toastError } from '../../ui/toast.tsx';

type Look = inferRouterOutputs<AppRouter>['projects']['look'];

function Writes({ look, dataDirectory }: { readonly look: Look; readonly dataDirectory: string }) {
  const branch = look.branch ?? 'its branch';
  return (
    <dl className="welcome-writes">
      <dt>Found</dt>
      <dd>
        <span className="mono">{look.path}</span>,{' '}
        {look.branch === null ? (
          'no branch'
        ) : (
          <span className="mono">{`${look.branch} ${look.head === null ? '' : formatOid(look.head)}`}</span>
        )}
        , {look.hasConfig ? 'with' : 'no'} <span className="mono">.thalogos/config.yaml</span>
      </dd>
      <dt>Will write</dt>
      <dd>
        <span className="mono">{branch}</span> and tags <span className="mono">checkpoint/*</span>, only when
        you Save
      </dd>
      <dt>Beside it</dt>
      <dd>
        <span className="mono">{dataDirectory}</span> <span className="t3">copies for agents</span>
      </dd>
      <dt>Never</dt>
      <dd>your other branches, remotes, hooks, git settings</dd>
    </dl>
  );
}

function Found({ look }: { readonly look: Look }) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const navigate = useNavigate();
  const block = useWriteBlock();
  const info = useQuery(trpc.ops.info.queryOptions());
  const register = useMutation(
    trpc.projects.register.mutationOptions({
      onSuccess: async ({ project }) => {
        await client.invalidateQueries({ queryKey: trpc.projects.list.pathKey() });
        chooseProject(project.id);
        await navigate({ to: '/' });
      },
      onError: (error) => toastError('The repository was not opened.', error),
    }),
  );
  return (
    <>
      {look.usable && <Writes look={look} dataDirectory={info.data?.dataDirectory ?? 'the data directory'} />}
      {look.remarks.map((remark) => (
        <p key={remark} className="row f12">
          <LookWord look={look.usable ? 'review' : 'failed'} word={look.usable ? 'Note' : 'Not usable'} />
          <span className="t2">{remark}</span>
        </p>
      ))}
      {look.usable && (
        <span className="row">
          <Button
            size="lg"
            busy={register.isPending}
            disabledBecause={block}
            onClick={() => register.mutate({ path: look.path })}
          >
            Open {look.path.split('/').at(-1)}
          </Button>
          <span className="f12 t2">
            {look.hasConfig
              ? 'What its project file wants to run asks for your trust first.'
              : 'Nothing of it is run by opening it.'}
          </span>
        </span>
      )}
    </>
  );
}

/** One's own repository: looked at read only, with exactly what would be written where, before it is opened. */
export function OwnRepository() {
  const trpc = useTRPC();
  const [path, setPath] = useState('');
  const [asked, setAsked] = useState<string | null>(null);
  const look = useQuery(
    trpc.projects.look.queryOptions(
      { path: asked ?? '' },
      { enabled: asked !== null, staleTime: 0, retry: false },
    ),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (path.trim() === '') return;
    if (path.trim() === asked) void look.refetch();
    setAsked(path.trim());
  };
  return (
    <article className="card welcome-own">
      <header className="row">
        <h3 className="grow">Your own repository</h3>
        <span className="f12 t3 row">
          <Lock size={14} aria-hidden /> looked at, read only
        </span>
      </header>
      <form className="welcome-own-row" onSubmit={submit}>
        <TextField
          label="Path of the repository"
          value={path}
          placeholder="/home/you/code/project"
          className="mono"
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setPath(event.target.value)}
        />
        <Button
          type="submit"
          busy={look.isFetching}
          disabledBecause={path.trim() === '' ? 'Name a folder first.' : null}
        >
          Look
        </Button>
      </form>
      {asked !== null && (
        <ShowQuery query={look} what="The folder could not be looked at.">
          {(found) => <Found look={found} />}
        </ShowQuery>
      )}
    </article>
  );
}
