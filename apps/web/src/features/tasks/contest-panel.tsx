import type { Attempt } from '@thalogos/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { formatElapsed, formatTokens } from '../../lib/format.ts';
import { useWriteBlock } from '../../lib/live-state.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { LineCounts } from '../../ui/line-counts.tsx';
import { ShowQuery } from '../../ui/panel-states.tsx';
import { StateWord } from '../../ui/state-word.tsx';
import { toastError } from '../../ui/toast.tsx';
import { canKeep, checkWords, contestRows } from './contest-view.ts';

function useKeep(task: string) {
  const trpc = useTRPC();
  const client = useQueryClient();
  return useMutation(
    trpc.tasks.keep.mutationOptions({
      onSettled: () => client.invalidateQueries({ queryKey: trpc.tasks.compare.queryKey({ task }) }),
      onError: (error: unknown) => toastError('The attempt was not kept.', error),
    }),
  );
}

function Head({ attempt }: { readonly attempt: Attempt }) {
  const { task, seconds } = attempt;
  return (
    <th scope="col">
      <Link to="/tasks/$task" params={{ task: task.id }} className="link">
        {task.agent}
      </Link>
      <StateWord state={task.state} />
      <LineCounts added={task.files.added} removed={task.files.removed} />
      <span className="mono f11 t3">
        {formatElapsed(seconds * 1000)}
        {task.cost !== null && `, ${formatTokens(task.cost.tokens)} tokens`}
      </span>
    </th>
  );
}

function Keep({ attempt, attempts }: { readonly attempt: Attempt; readonly attempts: readonly Attempt[] }) {
  const block = useWriteBlock();
  const keep = useKeep(attempt.task.id);
  if (attempt.task.contest?.isKept === true) return <b className="f12">kept</b>;
  if (!canKeep(attempt, attempts)) return null;
  return (
    <span className="row">
      <Link to="/review/$task" params={{ task: attempt.task.id }} className="link f12">
        Diff
      </Link>
      <Button
        size="sm"
        busy={keep.isPending}
        disabledBecause={block}
        aria-label={`Keep the attempt of ${attempt.task.agent}`}
        onClick={() => keep.mutate({ task: attempt.task.id })}
      >
        Keep
      </Button>
    </span>
  );
}

/** Several attempts at one task side by side; the one that is kept goes on, the others are closed. */
export function ContestPanel({ task }: { readonly task: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.tasks.compare.queryOptions({ task }));
  return (
    <section className="col">
      <h3>Side by side</h3>
      <ShowQuery query={query} what="The attempts could not be compared.">
        {({ attempts }) => (
          <div className="contest">
            <table>
              <thead>
                <tr>
                  <td />
                  {attempts.map((attempt) => (
                    <Head key={attempt.task.id} attempt={attempt} />
                  ))}
                </tr>
              </thead>
              <tbody>
                {contestRows(attempts).map(({ path, sizes }) => (
                  <tr key={path}>
                    <th scope="row" className="mono">
                      {path}
                    </th>
                    {sizes.map((size, at) => (
                      <td key={attempts[at]?.task.id} className="mono">
                        {size ?? '–'}
                      </td>
                    ))}
                  </tr>
                ))}
                <tr>
                  <th scope="row">Checks</th>
                  {attempts.map((attempt) => (
                    <td key={attempt.task.id} className="f12 t2">
                      {checkWords(attempt)}
                    </td>
                  ))}
                </tr>
                <tr>
                  <td />
                  {attempts.map((attempt) => (
                    <td key={attempt.task.id}>
                      <Keep attempt={attempt} attempts={attempts} />
                    </td>
                  ))}
                </tr>
              </tbody>
            </table>
          </div>
        )}
      </ShowQuery>
    </section>
  );
}
