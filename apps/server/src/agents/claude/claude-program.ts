import type { KnownProgram } from '../find-program.ts';

/** Claude Code's native program; npm's wrapper is never run, because it would leave its child behind when killed. */
export const claudeProgram: KnownProgram = {
  id: 'claude',
  packageName: '@anthropic-ai/claude-code',
  version: '2.1.329',
  oldest: '2.1.197',
  natives: ['..', 'node_modules/@anthropic-ai'].map(
    (place) => `${place}/claude-code-${process.platform}-${process.arch}/claude`,
  ),
  signInFix: 'claude, then /login',
};
