import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../../lib/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { ShowQuery } from '../../ui/panel-states.tsx';
import { LookWord } from '../../ui/state-word.tsx';

/** What Thalogos found on this machine, what it needs, and what mends it. */
export function DoctorPart() {
  const trpc = useTRPC();
  const query = useQuery(trpc.ops.doctor.queryOptions());
  return (
    <section className="card settings-part" aria-labelledby="settings-doctor">
      <header className="row">
        <h2 id="settings-doctor" className="grow">
          This machine
        </h2>
        <Button size="sm" busy={query.isFetching} onClick={() => void query.refetch()}>
          Look again
        </Button>
      </header>
      <ShowQuery query={query} what="The machine could not be looked at.">
        {({ checks }) => (
          <div className="settings-scroll">
            <table className="settings-table">
              <thead>
                <tr>
                  <th scope="col">What</th>
                  <th scope="col">State</th>
                  <th scope="col">Found</th>
                  <th scope="col">Needed</th>
                  <th scope="col">What mends it</th>
                </tr>
              </thead>
              <tbody>
                {checks.map((check) => (
                  <tr key={check.name}>
                    <th scope="row">{check.name}</th>
                    <td>
                      <LookWord look={check.ok ? 'ready' : 'waiting'} word={check.ok ? 'fine' : 'lacking'} />
                    </td>
                    <td className="mono">{check.found}</td>
                    <td className="mono">{check.needed}</td>
                    <td>{check.fix ?? ''}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </ShowQuery>
    </section>
  );
}
