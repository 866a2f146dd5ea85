import type { Session } from '@thalogos/contracts';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { fillDraft, useDraft } from '../../lib/draft-state.ts';
import { useWriteBlock } from '../../lib/live-state.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { TextArea } from '../../ui/field.tsx';
import { Offers } from './offers.tsx';
import { suggest, takeSuggestion } from './suggestions.ts';
import { useSay } from './use-say.ts';

function useOffers(text: string) {
  const trpc = useTRPC();
  const agents = useQuery(trpc.agents.list.queryOptions());
  const roles = useQuery(trpc.planning.roles.queryOptions());
  const [at, setAt] = useState(0);
  const [closedFor, setClosedFor] = useState<string | null>(null);
  const offers =
    closedFor === text
      ? []
      : suggest(text, [
          ...(agents.data?.agents ?? []).filter((agent) => agent.installed),
          ...(roles.data?.roles ?? []).map(({ name, does }) => ({ name, title: does })),
        ]);
  const chosen = offers[Math.min(at, offers.length - 1)];
  const take = (offer = chosen) => {
    if (offer !== undefined) fillDraft(takeSuggestion(text, offer));
    setAt(0);
  };
  const onKey = (event: KeyboardEvent): boolean => {
    if (offers.length === 0) return false;
    if (event.key === 'ArrowDown') setAt((at + 1) % offers.length);
    else if (event.key === 'ArrowUp') setAt((at + offers.length - 1) % offers.length);
    else if (event.key === 'Tab' || event.key === 'Enter') take();
    else if (event.key === 'Escape') setClosedFor(text);
    else return false;
    event.preventDefault();
    return true;
  };
  return { offers, chosen, take, onKey };
}

/** Where one says a goal or a command; Enter sends, Shift+Enter makes a new line. */
export function Composer({
  project,
  session,
}: {
  readonly project: string;
  readonly session: Session | null;
}) {
  const block = useWriteBlock();
  const text = useDraft((state) => state.text);
  const say = useSay(project, session);
  const { offers, chosen, take, onKey } = useOffers(text);
  const send = (event?: FormEvent) => {
    event?.preventDefault();
    if (text.trim() !== '' && block === null && !say.isPending) say.mutate(text);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || onKey(event)) return;
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    send();
  };
  return (
    <form className="composer" onSubmit={send} aria-label="Say something to the swarm">
      {offers.length > 0 && chosen !== undefined && <Offers offers={offers} chosen={chosen} onTake={take} />}
      <div className="composer-row">
        <TextArea
          label="Goal or command"
          quietLabel
          rows={1}
          value={text}
          placeholder={block ?? 'A goal, or / for commands'}
          aria-controls={offers.length > 0 ? 'composer-offers' : undefined}
          aria-activedescendant={chosen === undefined ? undefined : `offer-${offers.indexOf(chosen)}`}
          aria-autocomplete="list"
          onChange={(event) => fillDraft(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <Button
          type="submit"
          size="lg"
          keys="enter"
          busy={say.isPending}
          disabledBecause={block ?? (text.trim() === '' ? 'Write something first.' : null)}
        >
          Send
        </Button>
      </div>
      <span className="f11 t3">
        One list item is one task. @agent and @role choose who, after: key what comes first; /plan lets a
        model do it. A plan is shown before anything starts.
      </span>
    </form>
  );
}
