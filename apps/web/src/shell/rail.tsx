import { Link } from '@tanstack/react-router';
import { useShownKeys } from '../lib/keymap-state.ts';
import { classes } from '../ui/classes.ts';
import { PANELS, type Panel } from './panels.ts';
import { useCounts } from './use-counts.ts';

function RailLink({ panel, count }: { readonly panel: Panel; readonly count: number }) {
  const Icon = panel.icon;
  const keys = useShownKeys(panel.keys);
  const hint = keys === undefined ? panel.title : `${panel.title} (${keys})`;
  return (
    <Link
      to={panel.to}
      className={classes('rail-link', panel.id === 'agents' && 'rail-push', !panel.isOnPhone && 'rail-wide')}
      activeOptions={{ exact: panel.to === '/' }}
      activeProps={{ 'aria-current': 'page' }}
      title={hint}
    >
      <Icon size={18} aria-hidden />
      {count > 0 && (
        <span className={classes('rail-count', panel.id !== 'inbox' && 'rail-count-quiet')}>{count}</span>
      )}
      <span>
        {panel.title}
        {count > 0 && <span className="sr">, {count} waiting</span>}
      </span>
    </Link>
  );
}

/** The narrow rail at the left; tabs at the bottom on a phone. */
export function Rail() {
  const counts = useCounts();
  return (
    <nav className="rail" aria-label="Main">
      {PANELS.map((panel) => (
        <RailLink key={panel.id} panel={panel} count={counts[panel.id] ?? 0} />
      ))}
    </nav>
  );
}
