import { CURSOR_STORE_SCHEMA, EVENT_LOG_SCHEMA, MESSAGE_STORE_SCHEMA } from '@thalogos/smalltalk';
import { START } from './0001-start.ts';
import { SAVES } from './0002-saves.ts';
import { BRANCHES } from './0003-branches.ts';
import { CONFLICTS } from './0004-conflicts.ts';
import { LIMITS } from './0005-limits.ts';
import { HEALTH } from './0006-health.ts';
import { ATTACHMENTS } from './0007-attachments.ts';
import { LOG } from './0008-log.ts';
import { LOOKS } from './0009-looks.ts';
import { ARRANGEMENTS } from './0010-arrangements.ts';

/** Every change of the schema, in order; the database's `user_version` counts how many it has had. */
export const MIGRATIONS: readonly string[] = [
  EVENT_LOG_SCHEMA + CURSOR_STORE_SCHEMA + MESSAGE_STORE_SCHEMA + START,
  SAVES,
  BRANCHES,
  CONFLICTS,
  LIMITS,
  HEALTH,
  ATTACHMENTS,
  LOG,
  LOOKS,
  ARRANGEMENTS,
];
