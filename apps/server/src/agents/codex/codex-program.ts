import type { KnownProgram } from '../find-program.ts';

const PLATFORM = `${process.platform}-${process.arch}`;
const PROGRAM = process.platform === 'win32' ? 'codex.exe' : 'codex';

/** How Rust calls the platforms that codex is built for. */
const TARGETS: Readonly<Record<string, string>> = {
  'linux-x64': 'x86_64-unknown-linux-musl',
  'linux-arm64': 'aarch64-unknown-linux-musl',
  'darwin-x64': 'x86_64-apple-darwin',
  'darwin-arm64': 'aarch64-apple-darwin',
  'win32-x64': 'x86_64-pc-windows-msvc',
  'win32-arm64': 'aarch64-pc-windows-msvc',
};

/**
 * Codex's native program, whose app-server is the vendor's own protocol and moves: nothing older is driven.
 *
 * npm's wrapper is never run: killed, it leaves codex and its shell behind with the thread still locked.
 */
export const codexProgram: KnownProgram = {
  id: 'codex',
  packageName: '@openai/codex',
  version: '0.169.0',
  oldest: '0.169.0',
  natives: ['node_modules/@openai', '..'].map(
    (place) => `${place}/codex-${PLATFORM}/vendor/${TARGETS[PLATFORM] ?? 'unknown'}/bin/${PROGRAM}`,
  ),
  signInFix: 'codex login',
};
