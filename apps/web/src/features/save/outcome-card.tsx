import type { SaveOutcome, Task } from '@thalogos/contracts';
import { Link } from '@tanstack/react-router';
import { formatNoun } from '../../lib/format.ts';
import { useWriteBlock } from '../../lib/live-state.ts';
import { useProjects } from '../../lib/use-project.ts';
import { AgentDisc } from '../../ui/agent-disc.tsx';
import { Button } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Orb } from '../../ui/orb.tsx';
import { LookWord } from '../../ui/state-word.tsx';
import { CheckLog } from './check-log.tsx';
import { deliveryCommand, deliveryHint } from './delivery-view.ts';
import { type OutcomeAction, outcomeView } from './outcome-view.ts';
import { SettledByRule } from './settled-by-rule.tsx';
import { TrustLink } from './trust-link.tsx';
import { useSaveActs } from './use-save.ts';

function Action({ action, isFirst }: { readonly action: OutcomeAction; readonly isFirst: boolean }) {
  const acts = useSaveActs();
  const block = useWriteBlock();
  const variant = isFirst ? 'primary' : 'default';
  switch (action.kind) {
    case 'save-rest':
      return (
        <Button
          variant={variant}
          size="lg"
          busy={acts.isStarting}
          disabledBecause={block}
          onClick={() => acts.start(action.only)}
        >
          {action.label}
        </Button>
      );
    case 'resolve':
      return (
        <Link
          to="/conflicts/$conflict"
          params={{ conflict: action.conflict }}
          className={classes('btn btn-lg', isFirst && 'btn-primary')}
        >
          {action.label}
        </Link>
      );
    case 'deliver':
      return (
        <Button
          variant={variant}
          size="lg"
          busy={acts.isDelivering}
          disabledBecause={block}
          onClick={acts.deliver}
        >
          {action.label}
        </Button>
      );
    case 'open-task':
      return (
        <Link to="/tasks/$task" params={{ task: action.task }} className="btn btn-lg btn-ghost">
          {action.label}
        </Link>
      );
    case 'review-task':
      return (
        <Link to="/review/$task" params={{ task: action.task }} className="btn btn-lg">
          {action.label}
        </Link>
      );
    case 'open-checkpoint':
      return (
        <Link to="/timeline/$tag" params={{ tag: action.tag }} className="btn btn-lg">
          {action.label}
        </Link>
      );
  }
}

function Culprit({ outcome, tasks }: { readonly outcome: SaveOutcome; readonly tasks: readonly Task[] }) {
  const task = tasks.find((one) => one.id === outcome.culprit?.task);
  const red =
    outcome.checks.find((check) => check.name === outcome.culprit?.check) ??
    outcome.checks.find((check) => check.state === 'failed');
  return (
    <div className="outcome-body">
      {task !== undefined && (
        <div className="row">
          <AgentDisc name={task.agent} size="lg" />
          <b className="grow cut">{task.title}</b>
          <span className="tag">culprit</span>
        </div>
      )}
      {task !== undefined && red !== undefined && (
        <p className="f12 t2">
          {red.name} passed before this task was joined and failed once it was, each time in a checkout of its
          own.
        </p>
      )}
      {red !== undefined && <CheckLog save={outcome.save} check={red} maxHeight={200} />}
    </div>
  );
}

function Conflicts({ outcome }: { readonly outcome: SaveOutcome }) {
  return (
    <ul className="outcome-body">
      {outcome.conflicts.map((conflict) => (
        <li key={conflict.id} className="col" style={{ gap: 2 }}>
          <span className="row">
            <LookWord look="conflict" word={conflict.kind} />
            <Link to="/conflicts/$conflict" params={{ conflict: conflict.id }} className="mono f12 cut link">
              {conflict.path}
            </Link>
          </span>
          <span className="f12 t2">
            {conflict.ours.title} and {conflict.theirs.title}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What to type where the person's own checkout waits. */
function Waiting({ delivery }: { readonly delivery: NonNullable<SaveOutcome['delivery']> }) {
  const path = useProjects().project?.path ?? '';
  const command = deliveryCommand(delivery, path);
  if (command === null) return null;
  return (
    <div className="outcome-body">
      <CodeBlock label="In your checkout" text={command} wraps />
      <p className="f12 t2">{deliveryHint(delivery)}</p>
    </div>
  );
}

function RedoLink({ outcome, undone }: { readonly outcome: SaveOutcome; readonly undone: number }) {
  const tag = outcome.checkpoint?.tag;
  if (undone === 0 || tag === undefined) return null;
  return (
    <Link to="/timeline/$tag" params={{ tag }} className="btn btn-lg">
      Redo {formatNoun(undone, 'undone task')}
    </Link>
  );
}

/** How a Save ended: one title, one sentence, what is to blame, and the next button. */
export function OutcomeCard({
  outcome,
  tasks,
  undone = 0,
}: {
  readonly outcome: SaveOutcome;
  readonly tasks: readonly Task[];
  /** How many tasks a restore has taken off main. */
  readonly undone?: number;
}) {
  const view = outcomeView(outcome, tasks);
  return (
    <section className="outcome" data-o={view.orb} aria-label="Outcome">
      <div className="outcome-head">
        <Orb state={view.orb} size={58} done={outcome.kind === 'saved' ? 7 : 0} />
        <div>
          <h2 className="f16">{view.title}</h2>
          <p className="t2">{view.sentence}</p>
        </div>
      </div>
      {outcome.delivery !== null && <Waiting delivery={outcome.delivery} />}
      {outcome.kind === 'checks-failed' && <Culprit outcome={outcome} tasks={tasks} />}
      {outcome.conflicts.length > 0 && <Conflicts outcome={outcome} />}
      {outcome.settled !== undefined && <SettledByRule settled={outcome.settled} />}
      <div className="outcome-acts">
        {view.actions.map((action, index) => (
          <Action key={action.kind} action={action} isFirst={index === 0 && view.orb === 'blocked'} />
        ))}
        <RedoLink outcome={outcome} undone={undone} />
        {outcome.kind === 'refused' && <TrustLink />}
      </div>
    </section>
  );
}
