import './field.css';
import { type ComponentProps, type ReactNode, useId } from 'react';
import { classes } from './classes.ts';

interface FieldWords {
  readonly label: string;
  /** Hide the label from the eye; it is still read aloud. */
  readonly quietLabel?: boolean;
  readonly hint?: ReactNode;
  /** What is wrong with the content, in a sentence. */
  readonly problem?: string | null;
}

function useFieldWords({ label, quietLabel = false, hint, problem = null }: FieldWords) {
  const id = useId();
  const noteId = `${id}-note`;
  const hasNote = problem !== null || hint !== undefined;
  const head = (
    <label htmlFor={id} className={quietLabel ? 'sr' : 'field-label'}>
      {label}
    </label>
  );
  const note = hasNote && (
    <span id={noteId} className={problem === null ? 'field-hint' : 'field-problem'}>
      {problem ?? hint}
    </span>
  );
  return {
    head,
    note,
    wiring: { id, 'aria-describedby': hasNote ? noteId : undefined, 'aria-invalid': problem !== null },
  };
}

/** A one-line field with its label, hint and problem. */
export function TextField({
  label,
  quietLabel,
  hint,
  problem,
  className,
  ...rest
}: FieldWords & ComponentProps<'input'>) {
  const { head, note, wiring } = useFieldWords({
    label,
    ...(quietLabel === undefined ? {} : { quietLabel }),
    hint,
    problem: problem ?? null,
  });
  return (
    <div className="field">
      {head}
      <input {...rest} {...wiring} className={classes('field-input', className)} />
      {note}
    </div>
  );
}

/** A field of several lines with its label, hint and problem. */
export function TextArea({
  label,
  quietLabel,
  hint,
  problem,
  className,
  ...rest
}: FieldWords & ComponentProps<'textarea'>) {
  const { head, note, wiring } = useFieldWords({
    label,
    ...(quietLabel === undefined ? {} : { quietLabel }),
    hint,
    problem: problem ?? null,
  });
  return (
    <div className="field">
      {head}
      <textarea {...rest} {...wiring} className={classes('field-input', className)} />
      {note}
    </div>
  );
}

/** A tick box, or a switch with `role="switch"`, with its label beside it. */
export function Check({
  label,
  ...rest
}: { readonly label: ReactNode } & Omit<ComponentProps<'input'>, 'type'>) {
  return (
    <label className="check">
      <input {...rest} type="checkbox" />
      {label}
    </label>
  );
}
