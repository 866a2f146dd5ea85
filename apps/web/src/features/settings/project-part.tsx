import type { Project } from '@thalogos/contracts';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { formatOid } from '../../lib/format.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { ShowQuery } from '../../ui/panel-states.tsx';
import { Configuration } from './configuration.tsx';

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** Which repository this is, what its project file says, and everything that is wrong in it. */
export function ProjectPart({ project }: { readonly project: Project }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.projects.settings.queryOptions({ project: project.id }));
  return (
    <section className="card settings-part" aria-labelledby="settings-project">
      <h2 id="settings-project">Project {project.name}</h2>
      <ShowQuery query={query} what="The project file could not be read.">
        {({ problems, file, ...settings }) => (
          <>
            {problems.map((problem) => (
              <p
                key={`${problem.file}:${problem.line}:${problem.column} ${problem.message}`}
                className="settings-problem"
                role="alert"
              >
                <b className="mono">
                  {problem.file}:{problem.line}:{problem.column}
                </b>
                <span>{problem.message}</span>
              </p>
            ))}
            {problems.length > 0 && (
              <p className="f12 t2">Nothing of the file is used until it is mended and committed.</p>
            )}
            <dl className="settings-facts">
              <Fact name="Repository">
                <span className="mono">{project.path}</span>
              </Fact>
              <Fact name="Branch">
                <span className="mono">
                  {project.branch} {project.head === null ? '' : formatOid(project.head)}
                </span>
              </Fact>
              <Fact name="File">
                {file === null ? (
                  <span className="t3">none: defaults. Commit .thalogos/config.yaml to add checks.</span>
                ) : (
                  <>
                    <span className="mono">{file}</span>{' '}
                    <span className="t3">as it is committed, never from your checkout</span>
                  </>
                )}
              </Fact>
              <Configuration settings={{ ...settings, problems, file }} />
            </dl>
          </>
        )}
      </ShowQuery>
    </section>
  );
}
