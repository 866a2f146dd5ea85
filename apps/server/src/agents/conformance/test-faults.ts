import { expect } from 'vitest';
import { listMarked } from '../../platform/marked-processes.ts';
import type { AgentCapabilities } from '../agent-adapter.ts';
import type { Behaviour, Depth } from './test-behaviour.ts';

const tellsRefusals = ({ vendorErrors }: AgentCapabilities) => vendorErrors !== 'none';
const tellsAll = ({ vendorErrors }: AgentCapabilities) => vendorErrors === 'all';

/** What an agent tells when its vendor fails it. */
export const faults: readonly Behaviour[] = [
  refused({ status: 401, depth: 'brief', kind: 'auth', error: { class: 'auth', retryable: false } }),
  refused({
    status: 429,
    depth: 'usual',
    kind: 'rate-limited',
    error: { class: 'rate-limit', retryable: true },
  }),
  refused({ status: 500, depth: 'usual', kind: 'failed', error: { class: 'overloaded', retryable: true } }),
  {
    id: 'dropped',
    says: 'tries again when its connection is cut',
    depth: 'usual',
    isOffered: tellsRefusals,
    async prove(bench) {
      const { outcome } = await bench.play('[[drop]][[say back again]]');
      expect(outcome).toMatchObject({ kind: 'completed', text: 'back again' });
    },
  },
  {
    id: 'hung',
    says: 'is ended when it hangs, and is called timed out',
    depth: 'usual',
    async prove(bench) {
      const { outcome } = await bench.play('[[hang]]', { idleMs: 1500 });

      expect(outcome).toMatchObject({ kind: 'timeout', limit: 'idle', error: { class: 'timeout' } });
      expect(await listMarked(bench.instance)).toEqual([]);
    },
  },
];

interface Refused {
  readonly status: number;
  readonly depth: Depth;
  readonly kind: string;
  readonly error: { readonly class: string; readonly retryable: boolean };
}

function refused({ status, depth, kind, error }: Refused): Behaviour {
  return {
    id: `http-${status}`,
    says: `names what its vendor refused with ${status}`,
    depth,
    isOffered: status === 401 ? tellsRefusals : tellsAll,
    async prove(bench) {
      // In the middle of its work, as a sign-in expires: what it did until then is kept.
      const { outcome } = await bench.play(`[[write path=kept.txt content="kept\\n"]][[http ${status} 99]]`);
      expect(outcome).toMatchObject({ kind, error });
      expect(await bench.read('kept.txt')).toBe('kept\n');
    },
  };
}
