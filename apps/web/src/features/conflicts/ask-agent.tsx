import type { ConflictDetail } from '@thalogos/contracts';
import { useQuery } from '@tanstack/react-query';
import { Sparkle } from 'lucide-react';
import { useState } from 'react';
import { useTRPC } from '../../lib/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextArea } from '../../ui/field.tsx';
import type { useConflictActs } from './use-conflict.ts';

/** The name that stands for leaving the choice of an agent open. */
const ANY = '';

function AgentChoice({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (agent: string) => void;
}) {
  const trpc = useTRPC();
  const agents = useQuery(trpc.agents.list.queryOptions()).data?.agents ?? [];
  return (
    <label className="field">
      <span className="field-label">Agent</span>
      <select className="field-input" value={value} onChange={(event) => onChange(event.target.value)}>
        <option value={ANY}>whichever fits</option>
        {agents
          .filter((agent) => agent.installed)
          .map((agent) => (
            <option key={agent.name} value={agent.name}>
              {agent.title}
            </option>
          ))}
      </select>
    </label>
  );
}

/** Why nobody can be asked now, or null: one proposal at a time. */
function whyNotAsk({ proposal }: ConflictDetail): string | null {
  if (proposal === null || proposal.state === 'cancelled' || proposal.state === 'saved') return null;
  return 'A proposal was asked for already.';
}

/** Lets an agent propose a solution, which a person reviews like any other result. */
export function AskAgent({
  detail,
  acts,
}: {
  readonly detail: ConflictDetail;
  readonly acts: ReturnType<typeof useConflictActs>;
}) {
  const [isOpen, setOpen] = useState(false);
  const [agent, setAgent] = useState(ANY);
  const [note, setNote] = useState('');
  const ask = () => {
    acts.propose({
      ...(agent === ANY ? {} : { agent }),
      ...(note.trim() === '' ? {} : { note: note.trim() }),
    });
    setOpen(false);
  };
  const foot = (
    <>
      <Button variant="ghost" onClick={() => setOpen(false)}>
        Close
      </Button>
      <Button variant="primary" disabledBecause={acts.block} onClick={ask}>
        Ask for a proposal
      </Button>
    </>
  );
  return (
    <>
      <Button
        busy={acts.isProposing}
        disabledBecause={acts.block ?? whyNotAsk(detail)}
        onClick={() => setOpen(true)}
      >
        <Sparkle size={14} aria-hidden /> Let an agent propose
      </Button>
      <Dialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title="Let an agent propose a solution"
        foot={foot}
      >
        <div className="col" style={{ gap: 14 }}>
          <p className="t2">
            It is given both sides, what each wanted, and the place. What it makes is a task like any other:
            nothing counts before you have approved it.
          </p>
          <AgentChoice value={agent} onChange={setAgent} />
          <TextArea
            label="What matters to you"
            hint="Optional; the agent reads it with the rest."
            rows={3}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </div>
      </Dialog>
    </>
  );
}
