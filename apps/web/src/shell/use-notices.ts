import { useNavigate } from '@tanstack/react-router';
import { useEffect, useEffectEvent } from 'react';
import { useInterface } from '../lib/interface-state.ts';
import { onLiveEvent } from '../lib/live-listeners.ts';
import { useLive } from '../lib/live-state.ts';
import { type Notice, noticeOf } from './notice-of.ts';

const VISIBLE = 'thalogos.visible';
const LOCKS: Pick<LockManager, 'request' | 'query'> | undefined =
  'locks' in navigator ? navigator.locks : undefined;

/** While this tab is in front it holds a shared lock, by which every other tab knows that somebody looks. */
function tellVisible(): () => void {
  const stop = new AbortController();
  let release: () => void = () => undefined;
  const look = () => {
    release();
    if (document.visibilityState !== 'visible' || stop.signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    release = resolve;
    void LOCKS?.request(VISIBLE, { mode: 'shared' }, () => promise);
  };
  look();
  document.addEventListener('visibilitychange', look, { signal: stop.signal });
  return () => {
    stop.abort();
    release();
  };
}

/** Whether any tab of the console is in front. */
async function isLookedAt(): Promise<boolean> {
  if (document.visibilityState === 'visible') return true;
  const held = (await LOCKS?.query())?.held ?? [];
  return held.some(({ name }) => name === VISIBLE);
}

/** Tells by a notification of the browser what needs a person, where the person asked for it and looks elsewhere. */
export function useNotices(): void {
  const navigate = useNavigate();
  const isOn = useInterface((state) => state.areNoticesOn);
  const show = useEffectEvent(({ tag, title, body, path }: Notice) => {
    const note = new Notification(title, { tag, body });
    note.onclick = () => {
      window.focus();
      note.close();
      void navigate({ to: path });
    };
  });
  const hear = useEffectEvent(async (notice: Notice) => {
    // One tab speaks for all of them.
    if (!useLive.getState().leads || Notification.permission !== 'granted') return;
    if (!(await isLookedAt())) show(notice);
  });
  useEffect(() => tellVisible(), []);
  useEffect(() => {
    if (!isOn || !('Notification' in window)) return undefined;
    return onLiveEvent((event) => {
      const notice = noticeOf(event);
      if (notice !== null) void hear(notice);
    });
  }, [isOn]);
}
