import { REPLAY_BLOCK, type Task, type ThalogosEvent } from '@thalogos/contracts';
import { makeRepository } from '@thalogos/testkit';
import { expect, it } from 'vitest';
import { MARA, startTestThalogos, type TestThalogos } from '../test-thalogos.ts';

/** The tasks as these events leave them: each as its newest move says, with what its agent wrote after that. */
function tasksAfter(events: readonly ThalogosEvent[]): Map<string, Task> {
  const tasks = new Map<string, Task>();
  for (const event of events) {
    const task = tasks.get(event.task ?? '');
    if ('view' in event.data) tasks.set(event.data.view.id, event.data.view);
    if (event.type !== 'transcript.extended' || task === undefined) continue;
    const { lastLine, plan, cost } = event.data;
    tasks.set(task.id, { ...task, lastLine, plan, cost });
  }
  return tasks;
}

function replayed({ calls }: TestThalogos, given: { project: string; session: string }, seq: number) {
  const from = Math.floor(seq / REPLAY_BLOCK) * REPLAY_BLOCK;
  const block = calls.events.replay({ ...given, from });
  return tasksAfter([...block.before, ...block.events.filter((event) => event.seq <= seq)]);
}

it('replays the tasks at any event as the list had them at that moment', async () => {
  await using thalogos = await startTestThalogos();
  await using repository = await makeRepository();
  const { id: project } = await thalogos.open(repository.path);
  const moments: { readonly seq: number; readonly tasks: readonly Task[] }[] = [];
  const remember = () => {
    const seq = thalogos.events().at(-1)?.seq ?? 0;
    moments.push({ seq, tasks: thalogos.calls.tasks.list({ project }) });
  };
  const goal = [
    '- [ask] Choose [[ask Which colour? | red | blue]] [[write path=a.txt content="{{answer}}"]]',
    '- [plain] Write [[say one]] [[say two]] [[write path=b.txt content="b"]]',
    '- after: plain; Next [[append path=b.txt content="more"]]',
    '- Break [[fail]]',
  ].join('\n');
  await thalogos.work(project, goal);
  remember();
  const [ask, plain] = thalogos.calls.tasks.list({ project });
  const [decision] = thalogos.calls.review.decisions(project).filter(({ task }) => task === ask?.id);
  await thalogos.calls.review.decide({ decision: decision?.id ?? '', choice: 'blue' }, MARA);
  await thalogos.taskIn(ask?.id ?? '', 'review');
  remember();
  const approval = { project, tasks: [{ task: plain?.id ?? '' }], all: false };
  await thalogos.calls.review.approve(approval, MARA);
  remember();
  await thalogos.save(project);
  remember();

  const session = ask?.session ?? '';
  expect(moments.length).toBe(4);
  for (const { seq, tasks } of moments) {
    const then = replayed(thalogos, { project, session }, seq);
    expect(tasks.map(({ id }) => then.get(id))).toEqual(tasks);
  }
  const marks = thalogos.calls.events.marks({ project, session });
  expect(marks.events.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['goal.stated', 'task.failed', 'decision.opened', 'task.approved', 'save.ended']),
  );
});
