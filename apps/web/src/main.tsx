import './ui/tokens.css';
import './ui/base.css';
import { guardSinks } from './lib/guard-sinks.ts';

declare global {
  /** What zod finds its settings in. */
  var __zod_globalConfig: { jitless: boolean } | undefined;
}

guardSinks();
// The page's policy forbids making code from text; zod would try it once, and the browser would report that.
globalThis.__zod_globalConfig = { jitless: true };

// Only now: the first schema that is made asks for this setting, and zod itself is not loaded yet.

const { start } = await import('./start.tsx');
await start();
