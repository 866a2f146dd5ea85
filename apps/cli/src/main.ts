#!/usr/bin/env node
/** The oldest Node that the server's native parts are built for. */
const OLDEST = [22, 14] as const;
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

/** Checks this Node before anything is loaded that an older one could not even read. */
async function main(): Promise<number> {
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    const message = `Thalogos needs Node ${OLDEST.join('.')} or newer, and this is ${process.versions.node}`;
    const hint = 'Install Node 24: https://nodejs.org, or npx node@24';
    const error = { error: { code: 'fault', message, hint, details: null } };
    if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(error)}\n`);
    else process.stderr.write(`${message}.\n${hint}\n`);
    return 1;
  }
  const { runCli } = await import('./run-cli.ts');
  return runCli(process.argv.slice(2));
}

process.exitCode = await main();
