import '../features/inbox/inbox.css';
import { MissionPage } from '../features/chat/mission-page.tsx';
import { DecisionCard } from '../features/inbox/decision-card.tsx';

/** Mission with the inbox's way to answer what is asked in the chat. */
export function MissionRoute() {
  return (
    <MissionPage
      drawDecision={(decision, task) => <DecisionCard decision={decision} task={task} hasKeys={false} />}
    />
  );
}
