import { useQuery } from '@tanstack/react-query';
import { Monitor, Moon, Sun, TriangleAlert } from 'lucide-react';
import { formatBytes, formatCount } from '../lib/format.ts';
import { chooseTheme, setInterface, useInterface } from '../lib/interface-state.ts';
import { useLive } from '../lib/live-state.ts';
import { useTRPC } from '../lib/trpc.ts';
import { Keys } from './keys.tsx';
import { usePause } from './use-pause.ts';
import { useServerInfo } from './use-server-info.ts';

function LinkState() {
  const { link, loss, latencyMs } = useLive();
  const isLost = loss !== 'none';
  const colour =
    link === 'live' || !isLost
      ? 'var(--orb-ready)'
      : link === 'offline'
        ? 'var(--orb-offline)'
        : 'var(--st-waiting)';
  const word =
    link === 'connecting'
      ? 'connecting'
      : isLost
        ? link
        : latencyMs === null
          ? 'live'
          : `live, ${latencyMs} ms`;
  return (
    <span className="row" style={{ gap: 6 }}>
      <i className="dot" style={{ background: colour }} />
      <b>{word}</b>
    </span>
  );
}

const nextTheme = { system: 'dark', dark: 'light', light: 'system' } as const;
const themeIcons = { system: Monitor, dark: Moon, light: Sun } as const;

function ThemeButton() {
  const theme = useInterface((state) => state.theme);
  const Icon = themeIcons[theme];
  return (
    <button
      type="button"
      className="status-button"
      aria-label={`Theme: ${theme}. Change to ${nextTheme[theme]}`}
      title={`Theme: ${theme}`}
      onClick={() => chooseTheme(nextTheme[theme])}
    >
      <Icon size={14} aria-hidden />
    </button>
  );
}

/** Which model plans and answers where one is asked, and what it took today. */
function ModelName() {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.planning.model.queryOptions());
  if (data === undefined) return null;
  const limit = data.tokensPerDay === null ? '' : ` of ${formatCount(data.tokensPerDay)}`;
  const used = `${formatCount(data.tokensToday)}${limit} tokens today`;
  return (
    <span className="bar-hide-narrow" title={data.name === null ? data.because : `${data.because}; ${used}`}>
      model <b>{data.name ?? 'none'}</b>
    </span>
  );
}

const LOW_BYTES = 2 * 1024 ** 3;

/** What is left of the disk where the data is; amber with words when agents may soon have no room. */
function DiskState({ freeBytes }: { readonly freeBytes: number | null }) {
  if (freeBytes === null) return null;
  const left = formatBytes(freeBytes);
  if (freeBytes >= LOW_BYTES)
    return (
      <span className="bar-hide-narrow">
        disk <b>{left} free</b>
      </span>
    );
  return (
    <span className="status-amber" role="status" title="Free some space where Thalogos keeps its data.">
      <TriangleAlert size={12} aria-hidden /> disk almost full, {left} left
    </span>
  );
}

/** The line at the bottom: how fresh this is, who plans, what the work takes of the machine, whether agents are contained, and the way to the keys. */
export function StatusLine() {
  const { info } = useServerInfo();
  const seq = useLive((state) => state.seq);
  const { isPaused, toggle } = usePause();
  return (
    <footer className="status">
      <LinkState />
      {info !== undefined && (
        <>
          <span>
            planner <b>{info.planner}</b>
          </span>
          <ModelName />
          <span className="bar-hide-narrow">
            worktrees <b>{formatCount(info.worktrees)}</b>
          </span>
          <DiskState freeBytes={info.freeBytes} />
          <span>{info.contained ? 'agents contained' : 'agents not contained'}</span>
          <span>
            event <b>{formatCount(Math.max(seq, info.seq))}</b>
          </span>
          <span className="bar-hide-narrow">
            Thalogos <b>{info.version}</b>
          </span>
        </>
      )}
      <span className="grow" />
      <ThemeButton />
      <button type="button" className="status-button" onClick={toggle}>
        <Keys of="pause" /> {isPaused ? 'resume all' : 'pause all'}
      </button>
      <button type="button" className="status-button" onClick={() => setInterface({ areKeysShown: true })}>
        <Keys of="keys" /> keys
      </button>
    </footer>
  );
}
