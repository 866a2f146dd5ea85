import { expect, it } from 'vitest';
import { translateError } from './translate-error.ts';

it.each([
  [{ httpConnectionFailed: { httpStatusCode: 401 } }, { class: 'auth', httpStatus: 401, retryable: false }],
  [{ httpConnectionFailed: { httpStatusCode: 403 } }, { class: 'auth', httpStatus: 403, retryable: false }],
  [
    { responseTooManyFailedAttempts: { httpStatusCode: 429 } },
    { class: 'rate-limit', httpStatus: 429, retryable: true },
  ],
  [{ responseStreamDisconnected: { httpStatusCode: null } }, { class: 'network', retryable: true }],
  [
    { httpConnectionFailed: { httpStatusCode: 503 } },
    { class: 'overloaded', httpStatus: 503, retryable: true },
  ],
  [
    { httpConnectionFailed: { httpStatusCode: 400 } },
    { class: 'bad-request', httpStatus: 400, retryable: false },
  ],
  ['contextWindowExceeded', { class: 'context', retryable: false }],
  ['usageLimitExceeded', { class: 'rate-limit', retryable: true }],
  ['internalServerError', { class: 'overloaded', retryable: true }],
  ['sandboxError', { class: 'sandbox', retryable: false }],
  [{ activeTurnNotSteerable: { turnKind: 'review' } }, { class: 'other', retryable: false }],
  ['constructor', { class: 'other', retryable: false }],
  [null, { class: 'other', retryable: false }],
])('reads %j', (codexErrorInfo, expected) => {
  expect(translateError({ message: 'no', codexErrorInfo })).toEqual({ message: 'no', ...expected });
});

it.each([
  ['Please try again in 20s.', 20_000],
  ['try again in 1.5 seconds', 1500],
  ['Try again in 250ms', 250],
  ['try again in 2 minutes', 120_000],
])('reads how long to wait from "%s"', (message, retryAfterMs) => {
  expect(translateError({ message, codexErrorInfo: 'rateLimitExceeded' })).toMatchObject({ retryAfterMs });
});
