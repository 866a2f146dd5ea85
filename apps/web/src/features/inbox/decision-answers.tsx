import type { Decision } from '@thalogos/contracts';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { useDecide } from '../../lib/use-decide.ts';
import { ShieldCheck } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { TextArea } from '../../ui/field.tsx';
import { type Option, sortAnswers } from './inbox-view.ts';
import { riskOf } from './risk.ts';
import { useAnswerKeys } from './use-answer-keys.ts';

/** A line of one's own words with the button that sends it. */
function OwnWords({
  label,
  verb,
  busy,
  block,
  onSend,
  onCancel,
}: {
  readonly label: string;
  readonly verb: string;
  readonly busy: boolean;
  readonly block: string | null;
  readonly onSend: (text: string) => void;
  readonly onCancel?: () => void;
}) {
  const [text, setText] = useState('');
  const send = (event?: FormEvent) => {
    event?.preventDefault();
    if (block === null && !busy && (text.trim() !== '' || onCancel !== undefined)) onSend(text.trim());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onCancel?.();
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <form className="inbox-free" onSubmit={send}>
      <div className="inbox-free-row">
        <TextArea
          label={label}
          rows={2}
          value={text}
          autoFocus={onCancel !== undefined}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
        {onCancel !== undefined && (
          <Button variant="ghost" onClick={onCancel}>
            Back
          </Button>
        )}
        <Button type="submit" busy={busy} disabledBecause={block}>
          {verb}
        </Button>
      </div>
    </form>
  );
}

/** What follows of each answer, where it is known. */
function Consequences({ options }: { readonly options: readonly (Option | null)[] }) {
  const told = options.filter((option) => option?.does !== undefined);
  if (told.length === 0) return null;
  return (
    <ul className="inbox-does">
      {told.map((option) => (
        <li key={option?.id}>
          <b>{option?.label}</b>: {option?.does}
        </li>
      ))}
    </ul>
  );
}

interface RuleProps {
  readonly option: Option;
  /** Exactly what is allowed by it. */
  readonly subject: string;
  readonly block: string | null;
  readonly isBusy: boolean;
  readonly hasKeys: boolean;
  readonly onChoose: (choice: string) => void;
}

/** The answer that is remembered, with the rule that it writes. */
function Rule({ option, subject, block, isBusy, hasKeys, onChoose }: RuleProps) {
  return (
    <div className="inbox-rule">
      <ShieldCheck size={16} aria-hidden className="t2" />
      <span className="grow">
        <code className="mono f12">{subject}</code>
        {option.does !== undefined && <span className="f12 t2 inbox-rule-words">{option.does}</span>}
      </span>
      <Button
        keys={hasKeys ? 'A' : undefined}
        busy={isBusy}
        disabledBecause={block}
        onClick={() => onChoose(option.id)}
      >
        {option.label}
      </Button>
    </div>
  );
}

/** The ways to answer a decision. None of them has the focus by itself. */
export function DecisionAnswers({ decision, isOn }: { readonly decision: Decision; readonly isOn: boolean }) {
  const { decide, block } = useDecide();
  const [isDenying, setDenying] = useState(false);
  const answers = sortAnswers(decision);
  const choose = (choice: string, because?: string) => {
    if (block === null && !decide.isPending)
      decide.mutate({
        decision: decision.id,
        choice,
        ...(because === undefined || because === '' ? {} : { because }),
      });
  };
  useAnswerKeys({ answers, isOn: isOn && !isDenying, onChoose: choose, onDeny: () => setDenying(true) });
  const isBusy = (option: Option) => decide.isPending && decide.variables.choice === option.id;
  const button = (
    option: Option,
    look: { variant?: 'primary' | 'danger'; keys?: string; onClick?: () => void } = {},
  ) => (
    <Button
      key={option.id}
      size="lg"
      busy={isBusy(option)}
      disabledBecause={block}
      onClick={() => choose(option.id)}
      {...look}
      keys={isOn ? look.keys : undefined}
    >
      {option.label}
    </Button>
  );
  if (isDenying && answers.deny !== null) {
    const deny = answers.deny.id;
    return (
      <OwnWords
        label="Why not? Its agent is told."
        verb="Deny"
        busy={decide.isPending}
        block={block}
        onSend={(text) => choose(deny, text)}
        onCancel={() => setDenying(false)}
      />
    );
  }
  return (
    <>
      <div className="inbox-answers">
        {answers.deny !== null &&
          button(answers.deny, { variant: 'danger', keys: 'x', onClick: () => setDenying(true) })}
        {answers.others.map((option) =>
          button(option, option.id === decision.recommended ? { variant: 'primary' } : {}),
        )}
        {answers.allow !== null &&
          button(answers.allow, { ...(riskOf(decision).destroys ? {} : { variant: 'primary' }), keys: 'a' })}
      </div>
      <Consequences options={[...answers.others, answers.allow, answers.deny]} />
      {answers.remember !== null && (
        <Rule
          hasKeys={isOn}
          option={answers.remember}
          subject={decision.detail.split('\n', 1)[0] ?? ''}
          block={block}
          isBusy={isBusy(answers.remember)}
          onChoose={choose}
        />
      )}
      {decision.kind === 'question' && (
        <OwnWords
          label="Or in your own words"
          verb="Answer"
          busy={decide.isPending}
          block={block}
          onSend={choose}
        />
      )}
    </>
  );
}
