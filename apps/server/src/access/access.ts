import type { Clock } from '../platform/clock.ts';
import { cookieValueOf, fingerprint, isSameSecret } from './credential.ts';
import { makeOneTimeCodes } from './one-time-codes.ts';
import type { Actor } from './role.ts';

/** A caller who has shown who they are; `credential` names what they showed without giving it away. */
export interface Identity {
  readonly actor: Actor;
  readonly credential: string;
}

/** What a request may carry to say who sends it. */
export interface Shown {
  /** The `Authorization` header. */
  readonly authorization: string | undefined;
  /** The `Cookie` header. */
  readonly cookie: string | undefined;
}

/** Who may come in. */
export interface Access {
  /** The caller behind a request's headers; null when they show nothing valid. */
  identify(shown: Shown, port: number): Identity | null;
  /** The `Set-Cookie` header that a token or a one-time code is good for; null when it is good for nothing. */
  exchange(tokenOrCode: string, port: number): string | null;
  /** A code that stands in for the token once; see `OneTimeCodes`. */
  issueCode(): string;
}

/** Who the owner is, and how browsers reach us. */
export interface AccessOptions {
  readonly token: string;
  readonly owner: string;
  readonly clock: Clock;
  /** Whether a stated proxy serves us over https, so that the cookie may travel no other way. */
  readonly isSecure?: boolean;
}

/** Solo access: whoever has the token is the owner and may do everything. */
export function makeAccess({ token, owner, clock, isSecure = false }: AccessOptions): Access {
  const codes = makeOneTimeCodes(clock);
  const identity: Identity = {
    actor: { name: owner, role: 'admin' },
    credential: fingerprint(token).slice(0, 16),
  };
  const instance = fingerprint(`instance ${token}`).slice(0, 8);
  const session = cookieValueOf(token);
  // Cookies know no ports: without the port in its name, two servers of one machine would log each other out.
  const cookieName = (port: number) => `thalogos-${instance}-${port}`;
  return {
    identify: ({ authorization, cookie }, port) => {
      const bearer = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
      if (bearer !== undefined) return isSameSecret(bearer, token) ? identity : null;
      const value = readCookie(cookie ?? '', cookieName(port));
      return value !== null && isSameSecret(value, session) ? identity : null;
    },
    exchange: (tokenOrCode, port) =>
      isSameSecret(tokenOrCode, token) || codes.redeem(tokenOrCode)
        ? `${cookieName(port)}=${session}; Path=/; HttpOnly; SameSite=Strict; Max-Age=31536000${isSecure ? '; Secure' : ''}`
        : null,
    issueCode: () => codes.issue(),
  };
}

function readCookie(header: string, name: string): string | null {
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return null;
}
