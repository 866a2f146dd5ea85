import './agent-disc.css';
import { agentLook } from './agent-look.ts';
import { classes } from './classes.ts';

/** The round disc of an agent or a person: one colour and two letters, the same everywhere. */
export function AgentDisc({
  name,
  size = 'md',
  isOff = false,
  isPerson = false,
}: {
  readonly name: string;
  readonly size?: 'sm' | 'md' | 'lg' | 'xl';
  readonly isOff?: boolean;
  readonly isPerson?: boolean;
}) {
  const look = agentLook(name, isPerson);
  return (
    <span
      className={classes('disc', size !== 'md' && `disc-${size}`, isOff && 'disc-off')}
      data-a={look.colour}
      role="img"
      aria-label={name}
      title={name}
    >
      {look.letters}
    </span>
  );
}
