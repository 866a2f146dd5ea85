import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { run, runOrFail } from './processes.mjs';

const foreground = `
  import { runInForeground } from ${JSON.stringify(new URL('processes.mjs', import.meta.url).href)};
  process.exitCode = await runInForeground(process.execPath, ['-e', process.argv[1]]);
`;

/** @param {string} program */
function inForeground(program) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', foreground, program], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = new Promise((resolve) => {
    child.once('close', (code) => resolve(code));
  });
  return { child, ended };
}

describe('running a program', () => {
  it('keeps what it printed and its exit code', async () => {
    const said = await run(process.execPath, [
      '-e',
      'console.log("out"); console.error("err"); process.exit(3)',
    ]);
    expect(said.code).toBe(3);
    expect(said.log).toContain('out\n');
    expect(said.log).toContain('err\n');
  });

  it('does not wait for what a program left running with its output still open', async () => {
    const left =
      "require('node:child_process').spawn('sleep', ['20'], { stdio: 'inherit', detached: true }).unref()";
    const said = await run(process.execPath, ['-e', `console.log('done'); ${left}`]);
    expect(said.code).toBe(0);
    expect(said.log).toContain('done');
  });

  it('ends what a program left running in its group', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const cut = new Promise((resolve) =>
      server.once('connection', (held) => held.resume().once('close', resolve)),
    );
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
    const hold = `require('node:net').connect(${port}, '127.0.0.1').on('connect', () => process.send('held'))`;
    const program = `
      const { spawn } = require('node:child_process');
      const child = spawn(process.execPath, ['-e', ${JSON.stringify(hold)}], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
      child.once('message', () => process.exit(0));`;
    expect((await run(process.execPath, ['-e', program])).code).toBe(0);
    await cut;
    server.close();
  });

  it('ends a program that passes its limit and says so', async () => {
    const said = await run(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { limitSeconds: 0.3 });
    expect(said).toMatchObject({ code: 1, timedOut: true });
    expect(said.log).toContain('was ended after 0.3 seconds');
  });

  it('shows the log of a program that had to succeed', async () => {
    await expect(
      runOrFail(process.execPath, ['-e', 'console.error("why"); process.exit(1)']),
    ).rejects.toThrow('why');
  });

  it('says which program could not be started', async () => {
    await expect(run('thalogos-no-such-program', [])).rejects.toThrow(
      'Could not start thalogos-no-such-program',
    );
  });

  it('passes the exit code of a program in the foreground on', async () => {
    expect(await inForeground('process.exit(5)').ended).toBe(5);
  });

  it('passes a signal on and waits for the program to end by itself', async () => {
    const { child, ended } = inForeground(
      'process.on("SIGTERM", () => process.exit(0)); setInterval(() => {}, 1000); console.log("ready")',
    );
    child.stdout.once('data', () => child.kill('SIGTERM'));
    expect(await ended).toBe(0);
  });
});
