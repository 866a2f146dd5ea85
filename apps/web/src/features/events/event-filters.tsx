import { X } from 'lucide-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '../../lib/trpc.ts';
import { useAddressChoice } from '../../lib/use-address-choice.ts';
import { useProjectId } from '../../lib/use-project.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Menu } from '../../ui/menu.tsx';
import { EVENT_KINDS, type EventFilter } from './event-view.ts';

function KindMenu({ kind, choose }: { readonly kind: string | null; choose(kind: string | null): void }) {
  const title = EVENT_KINDS.find((one) => one.id === kind)?.title ?? 'Every kind';
  return (
    <Menu
      label="Kind of event"
      align="start"
      trigger={<Button title="Kind of event">{title}</Button>}
      entries={[
        { id: 'all', label: 'Every kind', onChoose: () => choose(null) },
        ...EVENT_KINDS.map((one) => ({ id: one.id, label: one.title, onChoose: () => choose(one.id) })),
      ]}
    />
  );
}

function SessionMenu({
  session,
  choose,
}: {
  readonly session: string | null;
  choose(id: string | null): void;
}) {
  const trpc = useTRPC();
  const project = useProjectId();
  const sessions = useQuery(trpc.sessions.list.queryOptions({ project })).data?.sessions ?? [];
  const title = sessions.find((one) => one.id === session)?.title ?? 'Every session';
  return (
    <Menu
      label="Session"
      align="start"
      trigger={<Button title="Session">{title}</Button>}
      entries={[
        { id: 'all', label: 'Every session', onChoose: () => choose(null) },
        ...sessions.map(({ id, title: label }) => ({ id, label, onChoose: () => choose(id) })),
      ]}
    />
  );
}

/** A filter in the address: `kind`, `task`, `session`, `text`; with how to change it. */
export function useEventFilter() {
  const [kind, chooseKind] = useAddressChoice('kind');
  const [task, chooseTask] = useAddressChoice('task');
  const [session, chooseSession] = useAddressChoice('session');
  const [text, chooseText] = useAddressChoice('text');
  return { kind, task, session, text, chooseKind, chooseTask, chooseSession, chooseText };
}

/** What narrows the log: kind, session, words, and the task that was picked from a row. */
export function EventFilters({
  filter,
}: {
  readonly filter: EventFilter & ReturnType<typeof useEventFilter>;
}) {
  const trpc = useTRPC();
  const project = useProjectId();
  const { kind, task, session, text } = filter;
  const [words, setWords] = useState(text ?? '');
  const tasks = useQuery(trpc.tasks.list.queryOptions({ project })).data?.tasks ?? [];
  return (
    <form
      className="events-filters"
      onSubmit={(event) => {
        event.preventDefault();
        filter.chooseText(words.trim() === '' ? null : words.trim());
      }}
    >
      <KindMenu kind={kind} choose={filter.chooseKind} />
      <SessionMenu session={session} choose={filter.chooseSession} />
      {task !== null && (
        <Button title="Show every task again" onClick={() => filter.chooseTask(null)}>
          <span className="cut events-task">{tasks.find(({ id }) => id === task)?.title ?? task}</span>
          <X size={12} aria-label="remove" />
        </Button>
      )}
      <TextField
        label="Words in the event"
        quietLabel
        type="search"
        placeholder="Words in the event, then Enter"
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
          if (event.target.value === '') filter.chooseText(null);
        }}
      />
    </form>
  );
}
