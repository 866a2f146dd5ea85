import type { SaveView } from '@thalogos/contracts';
import { useState } from 'react';
import { StateIcon } from '../../ui/state-icon.tsx';
import type { StateLook } from '../../ui/task-look.ts';
import { CheckLog } from './check-log.tsx';

type Check = SaveView['checks'][number];

const looks: Readonly<Record<Check['state'], StateLook>> = {
  pending: 'queued',
  active: 'running',
  passed: 'ready',
  failed: 'failed',
  unverified: 'waiting',
  skipped: 'cancelled',
};

function word({ state, seconds }: Check): string {
  if (state === 'passed' || state === 'failed')
    return seconds === 0 ? `${state}, known` : `${seconds.toFixed(1)} s`;
  return state === 'pending' ? 'next' : state;
}

/** The check that has the most to tell while a Save runs: a red one, else the one at work. */
function tellingCheck(checks: readonly Check[]): Check | undefined {
  return checks.find(({ state }) => state === 'failed') ?? checks.find(({ state }) => state === 'active');
}

/** The checks of a Save; pressing one shows its log, as it grows. While a Save runs, the one at work or red stands open. */
export function CheckChips({
  save,
  checks,
  isRunning,
}: {
  readonly save: string;
  readonly checks: readonly Check[];
  readonly isRunning: boolean;
}) {
  const telling = isRunning ? tellingCheck(checks) : undefined;
  const [chosen, setChosen] = useState<string | null>(null);
  const open = chosen === '' ? undefined : (checks.find((check) => check.name === chosen) ?? telling);
  return (
    <>
      <div className="save-checks">
        {checks.map((check) => (
          <button
            key={check.name}
            type="button"
            className="save-check"
            aria-expanded={open?.name === check.name}
            onClick={() => setChosen(open?.name === check.name ? '' : check.name)}
          >
            <StateIcon look={looks[check.state]} size={14} />
            {check.name}
            <span className="mono f11 t3">{word(check)}</span>
          </button>
        ))}
      </div>
      {open !== undefined && <CheckLog key={open.name} save={save} check={open} />}
    </>
  );
}
