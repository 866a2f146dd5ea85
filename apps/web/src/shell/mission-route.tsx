import '../features/inbox/inbox.css';
import { lazy, Suspense } from 'react';
import { MissionPage } from '../features/chat/mission-page.tsx';

const DecisionCard = lazy(async () => ({
  default: (await import('../features/inbox/decision-card.tsx')).DecisionCard,
}));

/** Mission with the inbox's way to answer what is asked in the chat. */
export function MissionRoute() {
  return (
    <MissionPage
      drawDecision={(decision, task) => (
        <Suspense fallback={null}>
          <h2 className="sr">What is asked</h2>
          <DecisionCard decision={decision} task={task} hasKeys={false} />
        </Suspense>
      )}
    />
  );
}
