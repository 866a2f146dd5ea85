import type { EventSource as Log, SourceFilter, StoredEvent } from '../platform/event-source.ts';

/** The log as viewers need it; whoever opened it closes it. */
export type EventSource = Pick<Log, 'after' | 'last' | 'onAppended'>;

/** Whether a reader with this filter wants this event. */
export function passes(event: StoredEvent, { project, session, task }: SourceFilter): boolean {
  return (
    (project === undefined || event.project === project) &&
    (session === undefined || event.session === session) &&
    (task === undefined || event.task === task)
  );
}

/** An event as one frame of a server-sent stream. */
export function toFrame({ seq, type, json }: StoredEvent): string {
  return `id: ${seq}\nevent: ${type}\ndata: ${json}\n\n`;
}
