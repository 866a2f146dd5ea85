import './welcome.css';
import { Link } from '@tanstack/react-router';
import { useProjects } from '../../lib/use-project.ts';
import { Orb } from '../../ui/orb.tsx';
import { AgentsFound } from './agents-found.tsx';
import { DemonstrationOffer } from './demonstration-offer.tsx';
import { OwnRepository } from './own-repository.tsx';

/** The first run: which agents are here, the demonstration, one's own repository. */
export function WelcomePage() {
  const { projects } = useProjects();
  return (
    <div className="welcome">
      <header className="welcome-hero">
        <Orb state="ready" size={84} />
        <div>
          <h1>State a goal. Watch the swarm. Save.</h1>
          <p>
            {projects.length === 0
              ? 'Nothing has been written yet, and nothing has left this machine.'
              : 'Nothing leaves this machine but what your agents send to their vendors.'}{' '}
            {projects.length > 0 && (
              <Link to="/" className="link">
                Back to {projects.length === 1 ? projects[0]?.name : 'your projects'}
              </Link>
            )}
          </p>
        </div>
      </header>
      <div className="welcome-columns">
        <AgentsFound />
        <section aria-labelledby="welcome-start">
          <div className="welcome-heading">
            <h2 id="welcome-start">Start with</h2>
          </div>
          <DemonstrationOffer />
          <OwnRepository />
        </section>
      </div>
    </div>
  );
}
