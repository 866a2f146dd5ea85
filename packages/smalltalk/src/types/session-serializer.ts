import { toJson } from './json.ts';
import { ValidationError } from './errors.ts';
import { readSession } from './read-session.ts';
import type { Session } from './session.ts';
import { trimSession, type TrimmedSession } from './trim-session.ts';

/** Sessions as text and back again, and how large they are. */
export class SessionSerializer {
  /** JSON in which dates are ISO 8601 texts. */
  static toJSON(session: Session): string {
    return toJson(session, 'session');
  }

  /** The session that a text holds; throws a ValidationError that names what is wrong with it. */
  static fromJSON(json: string): Session {
    return readSession(parse(json));
  }

  /** Bytes of its JSON in UTF-8. */
  static getSize(session: Session): number {
    return Buffer.byteLength(SessionSerializer.toJSON(session));
  }

  /** A smaller copy; see `trimSession` for what goes first. The session itself stays as it is. */
  static trim(session: Session, maxBytes: number): TrimmedSession {
    return trimSession(session, maxBytes);
  }
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new ValidationError('A session is written as JSON', ['session'], cause);
  }
}
