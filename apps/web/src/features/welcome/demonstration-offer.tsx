import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { fillDraft } from '../../lib/draft-state.ts';
import { useWriteBlock } from '../../lib/live-state.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { chooseProject } from '../../lib/use-project.ts';
import { Button } from '../../ui/button.tsx';
import { toastError } from '../../ui/toast.tsx';
import { DEMONSTRATION_KEY } from './use-demonstration.ts';
import { WelcomeFigure } from './welcome-figure.tsx';

const steps = [
  'goal',
  'plan',
  'work',
  'a question',
  'diff',
  'conflict',
  'red check',
  'Save',
  'timeline',
  'restore',
];

/** The demonstration project: one press opens it with its goal filled in; nothing runs before the person says so. */
export function DemonstrationOffer() {
  const trpc = useTRPC();
  const client = useQueryClient();
  const navigate = useNavigate();
  const block = useWriteBlock();
  const demonstrate = useMutation(
    trpc.projects.demonstrate.mutationOptions({
      onSuccess: async (made) => {
        client.setQueryData(DEMONSTRATION_KEY, made);
        await client.invalidateQueries({ queryKey: trpc.projects.list.pathKey() });
        chooseProject(made.project.id);
        fillDraft(made.goal);
        await navigate({ to: '/' });
      },
      onError: (error) => toastError('The demonstration was not made.', error),
    }),
  );
  return (
    <article className="glass welcome-demo">
      <div className="welcome-demo-text">
        <h3>The demonstration project</h3>
        <p className="t2">
          Scripted agents really work on a small ticket shop with one failing test. No model, no account,
          about a minute, and you press every button.
        </p>
        <ol className="welcome-steps">
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <Button
          variant="primary"
          size="lg"
          keys="enter"
          autoFocus
          busy={demonstrate.isPending}
          disabledBecause={block}
          onClick={() => demonstrate.mutate()}
        >
          Run the demonstration
        </Button>
      </div>
      <WelcomeFigure />
    </article>
  );
}
