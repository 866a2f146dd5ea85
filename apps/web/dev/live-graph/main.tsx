import '../../src/ui/tokens.css';
import '../../src/ui/base.css';
import type { Task } from '@thalogos/contracts';
import { createRoot } from 'react-dom/client';
import { makeSample, manyTasks } from '../sample-data.ts';
import { type Measured, measure } from './measure.ts';
import { Ours, saidBy } from './ours.tsx';
import { Peer } from './peer.tsx';

declare global {
  interface Window {
    /** Measures for some seconds; there once the graph is. */
    measureGraph?: (seconds: number) => Promise<Measured>;
  }
}

/** Tasks that get a new line in one update. */
const AT_ONCE = 5;

const asked = new URLSearchParams(location.search);
const tasks = manyTasks(Number(asked.get('nodes') ?? 1000), Date.now());
const project = makeSample(Date.now()).project.id;
const root = createRoot(document.getElementById('root') ?? document.body);

/** The tasks that an update is about: others each time, the same for both sides. */
function chosenIn(round: number): readonly Task[] {
  return Array.from({ length: AT_ONCE }, (_, at) => tasks[(round * 37 + at * 211) % tasks.length]).filter(
    (task) => task !== undefined,
  );
}

function beReady(update: (round: number) => void): void {
  window.measureGraph = (seconds) => measure(seconds, update);
}

if (asked.get('side') === 'ours') {
  root.render(
    <Ours
      tasks={tasks}
      onReady={(apply) =>
        beReady((round) => {
          for (const task of chosenIn(round)) apply(saidBy(task, project, `line ${round}`));
        })
      }
    />,
  );
} else {
  let newest: readonly Task[] = tasks;
  root.render(
    <Peer
      tasks={tasks}
      onReady={(put) =>
        beReady((round) => {
          const chosen = new Set(chosenIn(round).map(({ id }) => id));
          newest = newest.map((task) =>
            chosen.has(task.id) ? { ...task, lastLine: `line ${round}` } : task,
          );
          put(newest);
        })
      }
    />,
  );
}
