import { setTimeout as wait } from 'node:timers/promises';
import type { CheckResult, SaveOutcome, StageReport } from '@thalogos/contracts';
import { SAVE_STAGES } from '@thalogos/contracts';
import type { Emit, Sample } from './sample-data.ts';

const sentences: Readonly<Record<StageReport['stage'], string>> = {
  freeze: 'dispatch held, 3 agents work on',
  snapshot: '2 tasks, 7 files, no secret found',
  merge: 'Limit columns, then Limits in openapi.yaml, no conflict',
  check: 'All 4 checks on tree 61be0d4',
  publish: 'Moving main and the tag in one step',
  deliver: 'Your checkout is up to date',
  resume: 'Dispatch goes on',
};
const redLog =
  '\u001b[31m✗\u001b[0m test/bookings/quote.test.ts\n  quote() keeps cents for child fares\n  expected \u001b[32m1850\u001b[0m, received \u001b[31m1849.9999999999998\u001b[0m\n    at src/fares/discount.ts:37\n411 passed, 1 failed, 31.6 s';

function outcomeOf(sample: Sample, isRed: boolean): SaveOutcome {
  const save = sample.save;
  const plain = {
    save: save?.id ?? '',
    base: sample.project.head,
    tasks: save?.tasks ?? [],
    conflicts: [],
    refused: null,
  };
  const checks = (save?.checks ?? []).flatMap((check): CheckResult[] =>
    check.state === 'pending' || check.state === 'active' ? [] : [{ ...check, state: check.state }],
  );
  if (isRed) {
    const [culprit = '', ...rest] = save?.tasks ?? [];
    return {
      ...plain,
      kind: 'checks-failed',
      checkpoint: null,
      checks,
      failed: ['tests'],
      culprit: { task: culprit, check: 'tests' },
      rest: { savable: rest },
      delivery: null,
    };
  }
  return {
    ...plain,
    kind: 'saved',
    checkpoint: { tag: 'checkpoint/2026-11-20-014', commit: sample.project.head ?? '', sequence: 14 },
    checks,
    failed: [],
    culprit: null,
    rest: null,
    delivery: { state: 'waiting', files: ['src/http/server.ts'], reason: '' },
  };
}

/** Plays a Save at a speed that the eye can follow, ending saved or red. */
export async function runSave(sample: Sample, emit: Emit, isRed: boolean): Promise<void> {
  const id = sample.save?.id ?? '';
  emit({ type: 'save.started', data: { save: id, kind: 'save' } });
  const report = (
    stage: StageReport['stage'],
    state: StageReport['state'],
    [startedAt, ms]: readonly [number, number | null],
  ) => {
    const next: StageReport = { stage, state, sentence: sentences[stage], startedAt, ms };
    if (sample.save !== null)
      sample.save = {
        ...sample.save,
        stage,
        canCancel: SAVE_STAGES.indexOf(stage) < 4,
        stages: sample.save.stages.map((one) => (one.stage === stage ? next : one)),
      };
    emit({ type: 'save.stage', data: { save: id, report: next } });
  };
  for (const stage of SAVE_STAGES) {
    const began = Date.now();
    report(stage, 'active', [began, null]);
    if (stage === 'check') await runChecks(sample, emit, isRed);
    else await wait(900);
    report(stage, isRed && stage === 'check' ? 'failed' : 'done', [began, Date.now() - began]);
    if (isRed && stage === 'check') break;
  }
  const outcome = outcomeOf(sample, isRed);
  if (sample.save !== null) sample.save = { ...sample.save, endedAt: Date.now(), outcome, canCancel: false };
  if (!isRed)
    sample.tasks = sample.tasks.map((task) =>
      outcome.tasks.includes(task.id) ? { ...task, state: 'saved' } : task,
    );
  emit({ type: 'save.ended', data: { save: id, outcome } });
}

async function runChecks(sample: Sample, emit: Emit, isRed: boolean): Promise<void> {
  for (const name of ['types', 'tests', 'lint', 'openapi']) {
    await wait(600);
    const isHit = isRed && name === 'tests';
    const check: CheckResult = {
      name,
      state: isHit ? 'failed' : 'passed',
      seconds: name === 'lint' ? 0 : 6.2,
      log: isHit ? redLog : '412 passed',
    };
    if (sample.save !== null)
      sample.save = {
        ...sample.save,
        checks: sample.save.checks.map((one) => (one.name === name ? check : one)),
      };
    emit({ type: 'save.checked', data: { save: sample.save?.id ?? '', check } });
  }
}
