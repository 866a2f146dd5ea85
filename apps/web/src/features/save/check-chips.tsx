import type { SaveView } from '@thalogos/contracts';
import { useState } from 'react';
import { CodeBlock } from '../../ui/code-block.tsx';
import { StateIcon } from '../../ui/state-icon.tsx';
import type { StateLook } from '../../ui/task-look.ts';

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

/** The checks of a Save; pressing one shows the end of its log. While a Save runs, a red one stands open. */
export function CheckChips({
  checks,
  opensRed,
}: {
  readonly checks: readonly Check[];
  readonly opensRed: boolean;
}) {
  const red = opensRed ? checks.find((check) => check.state === 'failed') : undefined;
  const [chosen, setChosen] = useState<string | null>(null);
  const open = chosen === '' ? undefined : (checks.find((check) => check.name === chosen) ?? red);
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
      {open !== undefined && (
        <CodeBlock
          label={`${open.name}: end of the log`}
          text={open.log === '' ? 'No output yet.' : open.log}
          maxHeight={220}
          showsEnd
        />
      )}
    </>
  );
}
