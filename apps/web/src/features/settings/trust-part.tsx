import type { Trust } from '@thalogos/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useWriteBlock } from '../../lib/live-state.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { ShowQuery } from '../../ui/panel-states.tsx';
import { LookWord } from '../../ui/state-word.tsx';
import { toastError } from '../../ui/toast.tsx';

function Wishes({ trust }: { readonly trust: Trust }) {
  const commands = trust.executes.map((one) => `# ${one.what}\n${one.command.join(' ')}`).join('\n');
  return (
    <>
      {commands !== '' && <CodeBlock text={commands} label="It wants to run exactly this" wraps />}
      {trust.loosens.length > 0 && (
        <div className="f12">
          <p className="t2">It wants to loosen:</p>
          <ul className="mono">
            {trust.loosens.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

/** What the project file wants to execute or loosen; it is trusted once, as it is now. */
export function TrustPart({ project }: { readonly project: string }) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const block = useWriteBlock();
  const query = useQuery(trpc.projects.trust.queryOptions({ project }));
  const accept = useMutation(
    trpc.projects.acceptTrust.mutationOptions({
      onSettled: () => client.invalidateQueries({ queryKey: trpc.projects.trust.queryKey({ project }) }),
      onError: (error) => toastError('It was not trusted.', error),
    }),
  );
  return (
    <section className="card settings-part" aria-labelledby="settings-trust">
      <h2 id="settings-trust">Trust</h2>
      <ShowQuery query={query} what="What the project file asks for could not be read.">
        {(trust) => {
          const isHarmless = trust.executes.length === 0 && trust.loosens.length === 0;
          return (
            <>
              <span>
                {isHarmless ? (
                  <LookWord look="ready" word="It asks for nothing" isChip />
                ) : trust.trusted ? (
                  <LookWord look="ready" word="Trusted as it is now" isChip />
                ) : (
                  <LookWord look="waiting" word="Not trusted: none of this runs" isChip />
                )}
              </span>
              <Wishes trust={trust} />
              {!trust.trusted && !isHarmless && (
                <span className="row">
                  <Button
                    busy={accept.isPending}
                    disabledBecause={block}
                    onClick={() => accept.mutate({ project, hash: trust.hash })}
                  >
                    Trust exactly this
                  </Button>
                  <span className="f11 t3">Any change of it asks again.</span>
                </span>
              )}
            </>
          );
        }}
      </ShowQuery>
    </section>
  );
}
