import type { Project, ProjectConfig } from '@thalogos/contracts';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { formatOid } from '../../lib/format.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { ShowQuery } from '../../ui/panel-states.tsx';

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Commands({
  commands,
  none,
}: {
  readonly commands: readonly (readonly string[])[];
  readonly none: string;
}) {
  if (commands.length === 0) return <span className="t3">{none}</span>;
  return (
    <ul className="mono">
      {commands.map((command) => (
        <li key={command.join(' ')}>{command.join(' ')}</li>
      ))}
    </ul>
  );
}

function Configuration({ config }: { readonly config: ProjectConfig }) {
  return (
    <>
      <Fact name="Checks">
        {config.checks.length === 0 ? (
          <span className="t3">none: what is saved counts as unverified</span>
        ) : (
          <ul>
            {config.checks.map((check) => (
              <li key={check.name}>
                {check.name}: <span className="mono">{check.command.join(' ')}</span>{' '}
                <span className="t3">at most {check.timeout} s</span>
                {check.paths !== undefined && <span className="t3"> for {check.paths.join(', ')}</span>}
              </li>
            ))}
          </ul>
        )}
      </Fact>
      <Fact name="Setup">
        <Commands commands={config.setup} none="none" />
      </Fact>
      <Fact name="Cleanup">
        <Commands commands={config.cleanup} none="none" />
      </Fact>
      <Fact name="Copied files">
        {config.copy.length === 0 ? (
          <span className="t3">none</span>
        ) : (
          <span className="mono">{config.copy.join(', ')}</span>
        )}
      </Fact>
      <Fact name="By rule">
        {config.approve.length === 0 ? (
          <span className="t3">nothing is approved without you</span>
        ) : (
          <span className="mono">{config.approve.join(', ')}</span>
        )}
      </Fact>
      <Fact name="Limits">
        {config.limits.concurrency} agents at once, {config.limits.attempts} attempts, {config.limits.run} s a
        run; a silent agent is noticed after {config.limits.notice} s, asked after {config.limits.ask} s,
        ended after {config.limits.idle} s
      </Fact>
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
        {({ config, problems, file }) => (
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
                  <span className="mono">{file}</span>
                )}
              </Fact>
              <Configuration config={config} />
            </dl>
          </>
        )}
      </ShowQuery>
    </section>
  );
}
