import { useEffect, useEffectEvent, useState } from 'react';
import { nextStop, type Speed } from './playback.ts';
import type { Replay } from './use-replay.ts';

/** Lets a replay play by itself, as fast as it happened or faster; it stops at the end of the session. */
export function usePlayback(replay: Replay) {
  const [isPlaying, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<Speed>(4);
  const { at, isReading } = replay;
  const stop = () => {
    setPlaying(false);
    if (replay.at !== null) replay.go(replay.at, 'staying');
  };
  const goOn = useEffectEvent((signal: AbortSignal) => {
    const { graph } = replay;
    if (at === null || graph === undefined) return null;
    const next = nextStop(replay.events, { seq: at, now: graph.at }, speed);
    if (next !== null) return setTimeout(() => replay.go(next.seq, 'passing'), next.waitMs);
    void replay.findStep(1).then((seq) => {
      if (signal.aborted) return;
      if (seq === null) stop();
      else replay.go(seq, 'passing');
    });
    return null;
  });
  useEffect(() => {
    if (!isPlaying || isReading) return;
    const passed = new AbortController();
    const timer = goOn(passed.signal);
    return () => {
      passed.abort();
      if (timer !== null) clearTimeout(timer);
    };
  }, [isPlaying, isReading, at, speed]);
  const play = () => {
    const { marks } = replay;
    if (marks === undefined) return;
    if (at === null || at >= marks.last) replay.go(marks.first, 'passing');
    setPlaying(true);
  };
  return { isPlaying, toggle: isPlaying ? stop : play, stop: () => setPlaying(false), speed, setSpeed };
}
