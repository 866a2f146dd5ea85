import { Check, TextArea, TextField } from '../../ui/field.tsx';
import type { PlanRowProps } from './plan-row-props.ts';

type Props = Pick<PlanRowProps, 'item' | 'items' | 'roles' | 'onChange' | 'onWait'> & { readonly id: string };

/** What a task of a plan says, from which point of view, and what comes before it. */
export function PlanRowEdit({ id, item, items, roles, onChange, onWait }: Props) {
  const others = items.filter((one) => one.id !== item.id && !one.isDropped);
  return (
    <div className="plan-card-edit" id={id}>
      <TextField
        label="Title"
        value={item.title}
        autoFocus
        maxLength={200}
        placeholder={item.isAdded ? 'Made of the text where it is empty' : undefined}
        onChange={({ target }) => onChange({ title: target.value })}
      />
      <TextArea
        label="What is to be done"
        rows={4}
        value={item.text}
        onChange={({ target }) => onChange({ text: target.value })}
      />
      <label className="plan-card-choice">
        <span className="field-label">Role</span>
        <select
          value={item.role ?? ''}
          onChange={({ target }) => onChange({ role: target.value === '' ? null : target.value })}
        >
          <option value="">None</option>
          {roles.map(({ name, title, policy }) => (
            <option key={name} value={name}>
              {title}
              {policy === 'read-only' ? ' (only reads)' : ''}
            </option>
          ))}
        </select>
      </label>
      {others.length > 0 && (
        <fieldset className="plan-card-before">
          <legend className="field-label">Waits for</legend>
          {others.map((other) => (
            <Check
              key={other.id}
              label={`${items.indexOf(other) + 1} ${other.title === '' ? other.key : other.title}`}
              checked={item.after.includes(other.id)}
              onChange={({ target }) => onWait(other.id, target.checked)}
            />
          ))}
        </fieldset>
      )}
    </div>
  );
}
