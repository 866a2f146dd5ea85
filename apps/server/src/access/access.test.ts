import { describe, expect, it } from 'vitest';
import { makeAccess } from './access.ts';
import { cookieValueOf, isSameSecret, newSecret } from './credential.ts';

const PORT = 4870;
const token = newSecret();

function open(now = { ms: 0 }, of = token) {
  const clock = { now: () => now.ms, after: () => () => undefined };
  return { now, access: makeAccess({ token: of, owner: 'ada', clock }) };
}
const nothing = { authorization: undefined, cookie: undefined };

describe('access', () => {
  it('knows the owner by the token and says nothing of it', () => {
    const identity = open().access.identify({ ...nothing, authorization: `Bearer ${token}` }, PORT);
    expect(identity?.actor).toEqual({ name: 'ada', role: 'admin' });
    expect(token).not.toContain(identity?.credential);
  });

  it.each([[undefined], [''], ['Bearer '], ['Bearer x'], ['Basic YTpi'], [`Bearer ${token} x`], [token]])(
    'knows nobody by %s',
    (authorization) => {
      expect(open().access.identify({ ...nothing, authorization }, PORT)).toBe(null);
    },
  );

  it('knows its own cookie on its own port only, also after a restart', () => {
    const cookie = open().access.exchange(token, PORT)?.split(';')[0];
    const { access } = open();
    expect(access.identify({ ...nothing, cookie }, PORT)?.actor.name).toBe('ada');
    expect(access.identify({ ...nothing, cookie }, PORT + 1)).toBe(null);
    expect(open({ ms: 0 }, newSecret()).access.identify({ ...nothing, cookie }, PORT)).toBe(null);
  });

  it('does not take the token for a cookie, nor a cookie for the token', () => {
    const name = open().access.exchange(token, PORT)?.split('=')[0];
    expect(open().access.identify({ ...nothing, cookie: `${name}=${token}` }, PORT)).toBe(null);
    expect(
      open().access.identify({ ...nothing, authorization: `Bearer ${cookieValueOf(token)}` }, PORT),
    ).toBe(null);
  });

  it('takes a one-time code once, and for a minute', () => {
    const { access, now } = open();
    const [first, second] = [access.issueCode(), access.issueCode()];
    expect([access.exchange(first, PORT) !== null, access.exchange(first, PORT)]).toEqual([true, null]);
    now.ms = 60_001;
    expect(access.exchange(second, PORT)).toBe(null);
  });

  it('keeps the cookie to https where a proxy serves it so', () => {
    const clock = { now: () => 0, after: () => () => undefined };
    const cookie = makeAccess({ token, owner: 'ada', clock, isSecure: true }).exchange(token, PORT);
    expect(cookie).toMatch(/; Secure$/);
    expect(open().access.exchange(token, PORT)).not.toContain('Secure');
  });

  it('compares secrets of any length', () => {
    expect([isSameSecret('', ''), isSameSecret('a', 'ab'), isSameSecret(token, token)]).toEqual([
      true,
      false,
      true,
    ]);
  });
});
