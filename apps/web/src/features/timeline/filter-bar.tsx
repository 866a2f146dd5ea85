import { ListFilter } from 'lucide-react';
import { useId, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { isNarrowed, KIND_CHOICES } from './timeline-filter.ts';
import { useTimelineFilter } from './use-timeline-filter.ts';

function Choice({
  label,
  all,
  value,
  choices,
  onChoose,
}: {
  readonly label: string;
  readonly all: string;
  readonly value: string | null;
  readonly choices: readonly (readonly [string, string])[];
  readonly onChoose: (value: string | null) => void;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id} className="field-label">
        {label}
      </label>
      <select
        id={id}
        className="field-input"
        value={value ?? ''}
        onChange={(event) => onChoose(event.target.value === '' ? null : event.target.value)}
      >
        <option value="">{all}</option>
        {choices.map(([name, title]) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Search in the timeline, and by kind, agent, person and days; all of it stands in the address. */
export function FilterBar({
  agents,
  people,
}: {
  readonly agents: readonly string[];
  readonly people: readonly string[];
}) {
  const { words, set, clear } = useTimelineFilter();
  const { q, ...narrower } = words;
  const isAnySet = Object.values(narrower).some((word) => word !== null);
  const [isOpen, setOpen] = useState(isAnySet);
  const named = (names: readonly string[]) => names.map((name) => [name, name] as const);
  return (
    <div className="timeline-filter">
      <div className="timeline-filter-row">
        <TextField
          label="Search the timeline"
          quietLabel
          type="search"
          placeholder="Search messages, tasks, people"
          value={q ?? ''}
          onChange={(event) => set('q', event.target.value)}
        />
        <Button
          size="sm"
          aria-expanded={isOpen}
          variant={isAnySet ? 'default' : 'ghost'}
          onClick={() => setOpen(!isOpen)}
        >
          <ListFilter size={14} aria-hidden /> Filter
        </Button>
      </div>
      {isOpen && (
        <div className="timeline-filter-more">
          <Choice
            label="Kind"
            all="All kinds"
            value={words.kind}
            choices={KIND_CHOICES}
            onChoose={(kind) => set('kind', kind)}
          />
          <Choice
            label="Agent"
            all="Any agent"
            value={words.agent}
            choices={named(agents)}
            onChoose={(agent) => set('agent', agent)}
          />
          <Choice
            label="Person"
            all="Anybody"
            value={words.by}
            choices={named(people)}
            onChoose={(by) => set('by', by)}
          />
          <TextField
            label="From"
            type="date"
            value={words.since ?? ''}
            onChange={(event) => set('since', event.target.value)}
          />
          <TextField
            label="To"
            type="date"
            value={words.until ?? ''}
            onChange={(event) => set('until', event.target.value)}
          />
          {isNarrowed(words) && (
            <Button size="sm" variant="ghost" onClick={clear}>
              Show everything
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
