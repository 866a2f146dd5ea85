import './ui/tokens.css';
import './ui/base.css';
import { z } from 'zod';
import { guardSinks } from './lib/guard-sinks.ts';

guardSinks();

// The page's policy forbids making code from text; zod would try it once, and the browser would report that.
z.config({ jitless: true });

// Only now: the first schema that is made asks for this setting.
const { start } = await import('./start.tsx');
await start();
