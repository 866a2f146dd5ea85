import { Link, useRouterState } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { SaveControl } from '../features/save/save-control.tsx';
import { classes } from '../ui/classes.ts';
import { Orb } from '../ui/orb.tsx';
import { GoalBar } from './goal-bar.tsx';
import { ProjectMenu } from './project-menu.tsx';
import { WorkingAgents } from './working-agents.tsx';

/** The one bar: where we are, what is wanted, who works, and Save. */
export function TopBar() {
  // Mission has its own place to state a goal; a phone has no room for two.
  const isHome = useRouterState({ select: ({ location }) => location.pathname === '/' });
  return (
    <header className={classes('bar', isHome && 'bar-home')}>
      <div className="bar-crumb">
        <Link to="/" className="bar-brand" aria-label="Thalogos, Mission">
          <Orb state="logo" size={26} />
        </Link>
        <ProjectMenu />
        <Link to="/search" className="bar-search" aria-label="Search" title="Search in everything">
          <Search size={16} aria-hidden />
        </Link>
      </div>
      <GoalBar />
      <div className="bar-right">
        <WorkingAgents />
        <SaveControl />
      </div>
    </header>
  );
}
