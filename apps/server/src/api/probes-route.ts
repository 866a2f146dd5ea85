import type { FastifyInstance } from 'fastify';
import type { HealthReport, ReadyReport } from '../ops/health.ts';

/** What the probes ask. */
export interface Probes {
  health(): HealthReport;
  ready(): ReadyReport;
}

/** Serves `/health` and `/ready`, which need no token and say nothing private. */
export function addProbeRoutes(server: FastifyInstance, probes: Probes): void {
  server.get('/health', { config: { kind: 'probe' } }, (_request, reply) => {
    const report = probes.health();
    return reply
      .code(report.status === 'unhealthy' ? 503 : 200)
      .header('cache-control', 'no-store')
      .send(report);
  });
  server.get('/ready', { config: { kind: 'probe' } }, (_request, reply) => {
    const report = probes.ready();
    return reply
      .code(report.ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(report);
  });
}
