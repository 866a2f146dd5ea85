import './tasks.css';
import { useAddressPart } from '../../lib/use-address-part.ts';
import { TaskView } from './task-view.tsx';

/** A task on its own page. */
export function TaskPage() {
  const task = useAddressPart('task') ?? '';
  return (
    <div className="task-page" style={{ height: '100%' }}>
      <TaskView key={task} task={task} />
    </div>
  );
}
