import type { AgentChoice } from '@thalogos/contracts';

const SOURCES: Readonly<Record<AgentChoice['source'], string>> = {
  person: 'by a person',
  score: 'by score',
  only: 'nobody else could',
  'hand-over': 'taken over',
};

/** Who a task was given to, who else was considered, and why. */
export function ChoicePanel({ choice }: { readonly choice: AgentChoice }) {
  const { agent, source, confidence, reasoning, candidates } = choice;
  return (
    <section className="col">
      <h3>Why {agent}</h3>
      <p className="f12 t2">
        {reasoning} ({SOURCES[source]}
        {source === 'score' && `, ${Math.round(confidence * 100)} % sure`}).
      </p>
      {candidates.length > 0 && (
        <ul className="task-runs">
          {candidates.map((one) => (
            <li key={one.agent}>
              <b>{one.agent}</b>
              <span className="mono f11">{one.score === 0 ? 'passed over' : one.score.toFixed(2)}</span>
              <span className="t3">{one.reasoning}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
