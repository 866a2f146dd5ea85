import type { FastifyInstance } from 'fastify';

/** One figure for Prometheus; labels are few and come from closed sets. */
export interface Metric {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge';
  readonly values: readonly { readonly labels?: Readonly<Record<string, string>>; readonly value: number }[];
}

/** Serves `/metrics` in Prometheus' text format, behind the token. */
export function addMetricsRoute(server: FastifyInstance, read: () => readonly Metric[]): void {
  server.get('/metrics', { config: { kind: 'private' }, exposeHeadRoute: false }, (_request, reply) =>
    reply
      .type('text/plain; version=0.0.4; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(read().map(toText).join('')),
  );
}

function toText({ name, help, type, values }: Metric): string {
  const lines = values.map(({ labels, value }) => `${name}${labelText(labels ?? {})} ${value}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}
