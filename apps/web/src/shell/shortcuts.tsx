import { useNavigate } from '@tanstack/react-router';
import { setInterface, useInterface } from '../lib/interface-state.ts';
import { useKey } from '../lib/use-key.ts';
import { useInspector } from './use-inspector.ts';
import { useNotices } from './use-notices.ts';
import { usePause } from './use-pause.ts';

/** Listens for the shortcuts that work everywhere. Draws nothing. */
export function Shortcuts() {
  const navigate = useNavigate();
  const { toggle } = usePause();
  useNotices();
  useKey('palette', () => setInterface({ isPaletteOpen: !useInterface.getState().isPaletteOpen }));
  useKey('keys', () => setInterface({ areKeysShown: true }));
  useKey('inspector', useInspector().toggle);
  useKey('strip', () => setInterface({ isStripOpen: !useInterface.getState().isStripOpen }));
  useKey('pause', toggle);
  useKey('go-mission', () => void navigate({ to: '/' }));
  useKey('go-graph', () => void navigate({ to: '/graph' }));
  useKey('go-inbox', () => void navigate({ to: '/inbox' }));
  useKey('go-review', () => void navigate({ to: '/review' }));
  useKey('go-timeline', () => void navigate({ to: '/timeline' }));
  useKey('go-branches', () => void navigate({ to: '/branches' }));
  useKey('go-panels', () => void navigate({ to: '/panels' }));
  useKey('go-settings', () => void navigate({ to: '/settings' }));
  return null;
}
