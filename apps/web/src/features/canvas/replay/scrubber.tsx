import './replay.css';
import type { Session } from '@thalogos/contracts';
import { ChevronLeft, ChevronRight, Layers, Pause, Play } from 'lucide-react';
import { type KeyboardEvent, useMemo } from 'react';
import { formatClock } from '../../../lib/format.ts';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { StateIcon } from '../../../ui/state-icon.tsx';
import { SPEEDS } from './playback.ts';
import { type ScrubMark, scrubMarks } from './scrub-view.ts';
import { usePlayback } from './use-playback.ts';
import type { Replay } from './use-replay.ts';

const speeds = SPEEDS.map((speed) => ({ id: String(speed), label: `${speed}x` }));

function Mark({ mark, onGo }: { readonly mark: ScrubMark; readonly onGo: (seq: number) => void }) {
  const name = `${mark.word}, ${formatClock(mark.at, true)}`;
  return (
    // Reached by keys through the slider itself, which steps over the same events.
    <button
      type="button"
      tabIndex={-1}
      aria-hidden="true"
      className="scrub-mark"
      data-st={mark.look}
      style={{ left: `${mark.left}%` }}
      title={name}
      onClick={() => onGo(mark.seq)}
    >
      {mark.look === 'goal' ? <i /> : <StateIcon look={mark.look} size={12} />}
    </button>
  );
}

function Slider({
  replay,
  step,
  toggle,
}: {
  readonly replay: Replay;
  readonly step: (by: 1 | -1) => void;
  readonly toggle: () => void;
}) {
  const { marks, at, graph, go } = replay;
  const shown = useMemo(() => (marks === undefined ? [] : scrubMarks(marks)), [marks]);
  const first = marks?.first ?? 0;
  const last = marks?.last ?? 0;
  const value = at ?? last;
  const keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => step(-1),
    ArrowRight: () => step(1),
    Home: () => go(first, 'staying'),
    End: () => go(last, 'staying'),
    ' ': toggle,
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const act = keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  const stay = () => {
    if (at !== null) go(at, 'staying');
  };
  return (
    <div className="scrub-track grow">
      {shown.map((mark) => (
        <Mark key={mark.seq} mark={mark} onGo={(seq) => go(seq, 'staying')} />
      ))}
      <input
        type="range"
        className="scrub-range"
        aria-label="Moment of the session"
        aria-valuetext={at === null || graph === undefined ? 'now' : formatClock(graph.at, true)}
        min={first}
        max={last}
        value={value}
        disabled={marks === undefined}
        onChange={(event) => go(Number(event.target.value), 'passing')}
        onPointerUp={stay}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}

function SessionMenu({ replay }: { readonly replay: Replay }) {
  const wordOf = ({ state, createdAt }: Session) =>
    `${state === 'finalized' ? 'closed' : state.replace('_', ' ')}, ${new Date(createdAt).toLocaleString()}`;
  return (
    <Menu
      label="Session to look at"
      align="start"
      trigger={
        <Button size="sm" variant="ghost" className="scrub-session" title="Session to look at">
          <Layers size={14} aria-hidden />
          <span className="cut">{replay.session?.title ?? 'No session'}</span>
        </Button>
      }
      entries={replay.sessions.map((session) => ({
        id: session.id,
        label: (
          <>
            {session.title} <span className="t3">{wordOf(session)}</span>
          </>
        ),
        onChoose: () => replay.choose(session.id),
      }))}
    />
  );
}

/** The scrubber: a session’s log from its first event to now, with marks, to be dragged, stepped or played. */
export function Scrubber({ replay }: { readonly replay: Replay }) {
  const { isPlaying, toggle, stop, speed, setSpeed } = usePlayback(replay);
  const { at, graph } = replay;
  const step = (by: 1 | -1) => {
    stop();
    void replay.findStep(by).then((seq) => (seq === null ? undefined : replay.go(seq, 'staying')));
  };
  const live = () => {
    stop();
    replay.live();
  };
  return (
    <section className="scrub" aria-label="Replay">
      <SessionMenu replay={replay} />
      <IconButton size="sm" label={isPlaying ? 'Pause the replay' : 'Play the session'} onClick={toggle}>
        {isPlaying ? <Pause size={14} aria-hidden /> : <Play size={14} aria-hidden />}
      </IconButton>
      <IconButton size="sm" label="Event before" onClick={() => step(-1)}>
        <ChevronLeft size={14} aria-hidden />
      </IconButton>
      <IconButton size="sm" label="Next event" onClick={() => step(1)}>
        <ChevronRight size={14} aria-hidden />
      </IconButton>
      <Slider replay={replay} step={step} toggle={toggle} />
      <span className="scrub-time mono f11">
        {at === null ? 'now' : graph === undefined ? '' : formatClock(graph.at, true)}
      </span>
      <span className="scrub-speed">
        <Segmented
          label="Speed"
          items={speeds}
          value={String(speed)}
          onChange={(id) => setSpeed(SPEEDS.find((one) => String(one) === id) ?? 1)}
        />
      </span>
      <Button size="sm" className="scrub-live" aria-pressed={at === null} onClick={live}>
        <i aria-hidden="true" />
        Live
      </Button>
    </section>
  );
}
