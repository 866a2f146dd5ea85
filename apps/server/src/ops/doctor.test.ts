import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AgentInfo } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import { allowedEnvironment } from '../platform/process.ts';
import { diagnose, type Findings } from './doctor.ts';
import { examine } from './examine.ts';

const codex: AgentInfo = {
  name: 'codex',
  title: 'Codex',
  installed: true,
  version: '0.169.0',
  path: '/bin/codex',
  signedIn: true,
  contained: true,
  healthy: true,
  fix: null,
  problems: [],
  minimum: { version: '0.169.0', why: 'its protocol is another before it' },
  isOn: true,
  account: 'openai',
  limit: null,
  load: { running: 0, queued: 0 },
  history: { runs: 0, completed: 0, rate: null },
  cost: null,
  permission: 'supervised',
  profile: { skills: [], languages: [], work: [], readOnly: true, cost: 'medium', models: [] },
  lacks: [],
};
const well: Findings = {
  node: '24.21.0',
  git: '2.39.5',
  sshKeygen: true,
  stdbuf: true,
  sqlite: '3.54.1',
  freeBytes: 10 ** 10,
  dataDirectory: { path: '/data', problem: null },
  agents: [codex],
  contained: true,
  degraded: null,
};
const wrong = (findings: Partial<Findings>) => diagnose({ ...well, ...findings }).filter(({ ok }) => !ok);

describe('the doctor', () => {
  it('finds nothing wrong with a machine that has everything', () => {
    expect(wrong({})).toEqual([]);
    expect(diagnose(well).every(({ fix }) => fix === null)).toBe(true);
    expect(diagnose(well).map(({ name }) => name)).toEqual([
      'node',
      'git',
      'ssh-keygen',
      'stdbuf',
      'sqlite',
      'containment',
      'disk',
      'data directory',
      'agents at work',
      'agent codex',
    ]);
  });

  it.each<[Partial<Findings>, string, string]>([
    [{ git: null }, 'git', 'not found'],
    [{ git: '2.38.9' }, 'git', '2.38.9'],
    [{ node: '22.13.1' }, 'node', '22.13.1'],
    [{ sqlite: '3.51.2' }, 'sqlite', '3.51.2'],
    [{ sshKeygen: false }, 'ssh-keygen', 'not found'],
    [{ stdbuf: false }, 'stdbuf', 'not found'],
    [{ contained: false }, 'containment', 'process groups only'],
    [{ freeBytes: 100 * 1024 * 1024 }, 'disk', '100 MB free'],
    [
      { dataDirectory: { path: '/data', problem: '/data can’t be written' } },
      'data directory',
      '/data can’t be written',
    ],
  ])('says what is wrong, what was found and what mends it: %j', (findings, name, found) => {
    expect(wrong(findings)).toMatchObject([{ name, found, fix: expect.stringMatching(/\w/) as string }]);
  });

  it('takes newer versions for newer', () => {
    expect(wrong({ git: '2.100.0', node: '100.0.0', sqlite: '4.0' })).toEqual([]);
  });

  it('repeats what an agent needs', () => {
    const fix = 'npm run agents:install -- codex';
    expect(wrong({ agents: [{ ...codex, installed: false, version: null, healthy: false, fix }] })).toEqual([
      {
        name: 'agent codex',
        ok: false,
        found: 'not installed',
        needed: '0.169.0 or newer and signed in, to be given tasks',
        fix,
      },
    ]);
  });

  it('says of an agent that is too old why that is so', () => {
    const [old] = wrong({ agents: [{ ...codex, version: '0.150.0', healthy: false }] });
    expect(old?.needed).toBe(
      '0.169.0 or newer and signed in, to be given tasks (its protocol is another before it)',
    );
  });

  it('takes a build of the oldest version for that version', () => {
    const [build] = wrong({ agents: [{ ...codex, version: '0.169.0-linux-x64', healthy: false }] });
    expect(build?.needed).toBe('0.169.0 or newer and signed in, to be given tasks');
  });

  it('says of an agent that is off or at its limit what it is, which is no fault of the machine', () => {
    const limit = { until: 0, reason: 'too many' };
    const [found] = diagnose({ ...well, agents: [{ ...codex, isOn: false, limit }] }).slice(-1);
    expect(found).toMatchObject({
      ok: true,
      found: '0.169.0, signed in, contained, switched off, at its limit until 1970-01-01T00:00:00.000Z',
    });
  });

  it('looks at the real machine', async () => {
    const home = mkdtempSync(join(tmpdir(), 'thalogos-doctor-'));
    const patient = {
      degraded: () => null,
      ...{ dataDirectory: home, sqliteVersion: () => '3.54.1' },
      ...{ agents: async () => [], contained: false },
    };
    const here = await examine({ ...patient, environment: allowedEnvironment(process.env) });
    const bare = await examine({ ...patient, environment: { PATH: '/nowhere' } });
    rmSync(home, { recursive: true });
    expect(here).toMatchObject({
      node: process.versions.node,
      git: expect.stringMatching(/^2\./) as string,
      dataDirectory: { path: home, problem: null },
    });
    expect(bare).toMatchObject({ git: null, sshKeygen: false, stdbuf: false });
  });
});
