import { describe, expect, it } from 'vitest';
import { parseCpuMs, readMarkedTimes } from './marked-times.ts';
import { startProcess } from './process.ts';

describe('the time that marked processes have computed', () => {
  it('is read behind a name with spaces and brackets in it', () => {
    expect(parseCpuMs('12 (a) b (c) S 1 12 12 0 -1 4194304 90 0 0 0 7 5 0 0 20 0 1')).toBe(120);
  });

  it.skipIf(process.platform !== 'linux')(
    'grows while one of them works, and knows who is there',
    async () => {
      const mark = `times-${process.pid}:run/r-1/`;
      const child = await startProcess({
        command: process.execPath,
        args: [
          '-e',
          'while (process.cpuUsage().user < 150_000); console.log("done"); setInterval(() => {}, 1e6)',
        ],
        cwd: '/',
        environment: {},
        mark,
      });
      await new Promise((done) => child.stdout.once('data', done));
      const times = await readMarkedTimes(mark);
      await child.stop({ signals: [], graceMs: 0 });
      expect(times.pids).toEqual([child.pid]);
      expect(times.cpuMs).toBeGreaterThanOrEqual(100);
      expect(await readMarkedTimes(mark)).toEqual({ pids: [], cpuMs: 0 });
    },
  );
});
