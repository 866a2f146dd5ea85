import { LookWord } from '../../ui/state-word.tsx';
import { LOOK_WORDS } from '../../ui/task-look.ts';
import { countLooks, type GraphTask, shownTasks } from './graph-view.ts';
import { toggleLook, useLookFilter } from './look-filter.ts';

/** How many tasks stand where; pressing one brings its tasks forward. */
export function CountsLine({ tasks }: { readonly tasks: readonly GraphTask[] }) {
  const only = useLookFilter((state) => state.only);
  return (
    <div className="canvas-counts" role="group" aria-label="Tasks by state">
      {countLooks(shownTasks(tasks)).map(({ look, count }) => (
        <button
          key={look}
          type="button"
          className="canvas-count"
          data-st={look}
          aria-pressed={only === look}
          onClick={() => toggleLook(look)}
        >
          <LookWord
            look={look}
            word={`${count} ${look === 'waiting' && count !== 1 ? 'wait for you' : LOOK_WORDS[look]}`}
          />
        </button>
      ))}
    </div>
  );
}
