import {
  Bot,
  FileDiff,
  GitBranch,
  History,
  Inbox,
  LayoutGrid,
  MessageSquare,
  ScrollText,
  Settings,
  Share2,
} from 'lucide-react';
import type { ShortcutId } from '../lib/keys.ts';

/** The panels of the rail, in order; each has a route of the same address in `routes.tsx`. */
export const PANELS = [
  { id: 'mission', to: '/', title: 'Mission', icon: MessageSquare, keys: 'go-mission', isOnPhone: true },
  { id: 'graph', to: '/graph', title: 'Graph', icon: Share2, keys: 'go-graph', isOnPhone: true },
  { id: 'inbox', to: '/inbox', title: 'Inbox', icon: Inbox, keys: 'go-inbox', isOnPhone: true },
  { id: 'review', to: '/review', title: 'Review', icon: FileDiff, keys: 'go-review', isOnPhone: true },
  { id: 'timeline', to: '/timeline', title: 'Timeline', icon: History, keys: 'go-timeline', isOnPhone: true },
  {
    id: 'branches',
    to: '/branches',
    title: 'Branches',
    icon: GitBranch,
    keys: 'go-branches',
    isOnPhone: false,
  },
  {
    id: 'panels',
    to: '/panels',
    title: 'Panels',
    icon: LayoutGrid,
    keys: 'go-panels',
    isOnPhone: false,
  },
  { id: 'agents', to: '/agents', title: 'Agents', icon: Bot, keys: null, isOnPhone: false },
  { id: 'events', to: '/log', title: 'Events', icon: ScrollText, keys: null, isOnPhone: false },
  {
    id: 'settings',
    to: '/settings',
    title: 'Settings',
    icon: Settings,
    keys: 'go-settings',
    isOnPhone: false,
  },
] as const satisfies readonly {
  readonly id: string;
  readonly to: string;
  readonly title: string;
  readonly icon: unknown;
  readonly keys: ShortcutId | null;
  readonly isOnPhone: boolean;
}[];

/** One panel of the rail. */
export type Panel = (typeof PANELS)[number];

/** Panels with the inspector at their right. */
export const PANELS_WITH_INSPECTOR: readonly string[] = ['/graph'];
/** Beginnings of addresses where no task is inspected: they show one themselves, or none. */
export const PANELS_WITHOUT_INSPECTOR: readonly string[] = [
  '/tasks/',
  '/review/',
  '/conflicts/',
  '/panels',
  '/settings',
  '/agents',
  '/save',
];
/** Panels with the timeline strip below. */
export const PANELS_WITH_STRIP: readonly string[] = ['/', '/graph'];
/** Panels that make sense before there is a project. */
export const PANELS_WITHOUT_PROJECT: readonly string[] = ['/agents', '/settings'];
