import './welcome.css';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ListChecks } from 'lucide-react';
import { useState } from 'react';
import { fillDraft } from '../../lib/draft-state.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { useProjects } from '../../lib/use-project.ts';
import { Button } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { StateIcon } from '../../ui/state-icon.tsx';
import { STEP_PLACES, type Step, tickSteps } from './demonstration-view.ts';
import { useDemonstration } from './use-demonstration.ts';

function useSteps(project: string) {
  const trpc = useTRPC();
  const { projects } = useProjects();
  const demonstration = useDemonstration(true);
  const tasks = useQuery(trpc.tasks.list.queryOptions({ project }));
  const timeline = useQuery(trpc.timeline.list.queryOptions({ project }));
  const facts = { tasks: tasks.data?.tasks ?? [], entries: timeline.data?.entries ?? [], projects };
  return {
    goal: demonstration.data?.goal ?? null,
    hasPlan: facts.tasks.length > 0,
    steps: tickSteps(demonstration.data?.steps ?? [], facts),
  };
}

function NextStep({
  step,
  goal,
  onGo,
}: {
  readonly step: Step;
  readonly goal: string | null;
  readonly onGo: () => void;
}) {
  const to = STEP_PLACES[step.id] ?? '/';
  return (
    <div className="demo-next">
      {step.type !== null && <CodeBlock text={step.type} label="Send it back with this" wraps />}
      <span className="row">
        <Link to={to} className="btn btn-sm" onClick={onGo}>
          Go there
        </Link>
        {goal !== null && (
          <Link
            to="/"
            className="btn btn-sm"
            onClick={() => {
              fillDraft(goal);
              onGo();
            }}
          >
            Fill in the goal
          </Link>
        )}
      </span>
    </div>
  );
}

/** The checklist of the demonstration: the next step in one line, all of them behind a button; it ticks itself off. */
export function DemonstrationCard({ project }: { readonly project: string }) {
  const { steps, goal, hasPlan } = useSteps(project);
  const [isOpen, setOpen] = useState(false);
  if (steps.length === 0) return null;
  const next = steps.find((step) => !step.isDone);
  const count = steps.filter((step) => step.isDone).length;
  return (
    <div className="demo" onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}>
      {next !== undefined && (
        <span className="demo-line cut">
          Next: <b>{next.text}</b>
        </span>
      )}
      <Button size="sm" aria-expanded={isOpen} aria-controls="demo-steps" onClick={() => setOpen(!isOpen)}>
        <ListChecks size={14} aria-hidden /> {count} of {steps.length}
      </Button>
      {isOpen && (
        <section className="demo-card" id="demo-steps" aria-label="Steps of the demonstration">
          <ol>
            {steps.map((step) => (
              <li key={step.id} className={step.isDone ? 'demo-done' : undefined}>
                <StateIcon look={step.isDone ? 'ready' : step === next ? 'running' : 'queued'} size={14} />
                <span>
                  {step.text}
                  {step.isDone && <span className="sr">, done</span>}
                </span>
                {step === next && (
                  <NextStep
                    step={step}
                    goal={step.id === 'start' && !hasPlan ? goal : null}
                    onGo={() => setOpen(false)}
                  />
                )}
              </li>
            ))}
          </ol>
        </section>
      )}
    </div>
  );
}
