import { ArrowDown, ArrowUp } from 'lucide-react';
import { useId } from 'react';
import { Button } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { Check } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { nameOf } from './plan-edges.ts';
import { PlanRowEdit } from './plan-row-edit.tsx';
import type { PlanRowProps } from './plan-row-props.ts';

const FILES_SHOWN = 3;

/** What a task needs before it and is expected to touch, in one line. */
function Facts({ item, items, roles }: Pick<PlanRowProps, 'item' | 'items' | 'roles'>) {
  const before = item.after.map((id) => items.findIndex((one) => one.id === id) + 1).filter((at) => at > 0);
  const role = roles.find(({ name }) => name === item.role);
  const more = item.files.length - FILES_SHOWN;
  return (
    <span className="plan-card-facts f11 t3">
      <span className="mono">
        {item.key}
        {before.length > 0 && `, after ${before.join(', ')}`}
      </span>
      {item.role !== null && (
        <span className="plan-card-role" title={role?.does}>
          {role?.title ?? item.role}
        </span>
      )}
      {item.files.slice(0, FILES_SHOWN).map(({ path, change, confidence }) => (
        <code
          key={path}
          className="plan-card-file"
          title={`Expected: ${change}, ${Math.round(confidence * 100)} % sure`}
        >
          {path}
        </code>
      ))}
      {more > 0 && <span>and {more} more</span>}
    </span>
  );
}

/** Who does a task: installed agents, and whoever it was given to. */
function AgentChoice({
  item,
  agents,
  onChange,
  name,
}: Pick<PlanRowProps, 'item' | 'agents' | 'onChange'> & { readonly name: string }) {
  const installed = agents.filter((one) => one.installed).map((one) => one.name);
  const names = [...new Set([...(item.agent === null ? [] : [item.agent]), ...installed])];
  return (
    <select
      aria-label={`Who does ${name}`}
      value={item.agent ?? ''}
      disabled={item.isDropped}
      onChange={({ target }) => onChange({ agent: target.value === '' ? null : target.value })}
    >
      {item.isAdded && <option value="">Whoever suits</option>}
      {names.map((agent) => (
        <option key={agent} value={agent}>
          {agents.find((one) => one.name === agent)?.title ?? agent}
        </option>
      ))}
    </select>
  );
}

/** One task of a proposed plan: what waits for what, who does it, in or out, and everything else behind Edit. */
export function PlanRow(props: PlanRowProps) {
  const { item, number, items, agents, roles, onChange, onToggle, onMove, isOpen, onOpen } = props;
  const form = useId();
  const name = nameOf(item);
  return (
    <li className={classes('plan-card-task', item.isDropped && 'plan-card-task-dropped')}>
      <b className="mono t3">{number}</b>
      <span className="grow">
        <span className="plan-card-title">{item.title === '' ? 'A new task' : item.title}</span>
        <Facts item={item} items={items} roles={roles} />
      </span>
      <AgentChoice item={item} agents={agents} name={name} onChange={onChange} />
      <span className="plan-card-order">
        <IconButton
          size="sm"
          label={`${name} earlier`}
          disabledBecause={number === 1 ? 'It is the first.' : null}
          onClick={() => onMove(-1)}
        >
          <ArrowUp size={12} aria-hidden />
        </IconButton>
        <IconButton
          size="sm"
          label={`${name} later`}
          disabledBecause={number === items.length ? 'It is the last.' : null}
          onClick={() => onMove(1)}
        >
          <ArrowDown size={12} aria-hidden />
        </IconButton>
      </span>
      <Check
        label="In"
        aria-label={`${name} is part of the plan`}
        checked={!item.isDropped}
        onChange={onToggle}
      />
      <Button
        variant="ghost"
        size="sm"
        aria-label={`${isOpen ? 'Close' : 'Edit'} ${name}`}
        aria-expanded={isOpen}
        aria-controls={form}
        disabledBecause={item.isDropped ? 'It is left out.' : null}
        onClick={() => onOpen(!isOpen)}
      >
        {isOpen ? 'Close' : 'Edit'}
      </Button>
      {isOpen && !item.isDropped && (
        <PlanRowEdit
          id={form}
          item={item}
          items={items}
          roles={roles}
          onChange={onChange}
          onWait={props.onWait}
        />
      )}
    </li>
  );
}
