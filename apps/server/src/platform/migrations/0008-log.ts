/** Two ways into the log: the newest event of each task, and the few events that a replay is marked by. */
export const LOG = `
CREATE INDEX events_of_tasks ON events (session_id, json_extract(metadata, '$.task'), seq) WHERE topic GLOB 'task.*';
CREATE INDEX events_that_mark ON events (seq) WHERE topic IN (
  'session.opened', 'session.moved', 'goal.stated', 'goal.accepted', 'goal.dropped', 'task.approved', 'task.failed',
  'task.interrupted', 'decision.opened', 'decision.settled', 'conflict.found', 'conflict.resolved',
  'conflict.withdrawn', 'save.started', 'save.ended', 'checkpoint.published', 'checkpoint.promoted', 'project.moved'
);
`;
