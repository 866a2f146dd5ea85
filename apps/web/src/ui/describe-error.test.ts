import { describe, expect, it } from 'vitest';
import { describeError } from './describe-error.ts';

const body = { code: 'conflict', message: 'Could not do it', hint: null, details: { file: 'a' } };

describe('what a failed call told', () => {
  it('is the server’s own body', () => {
    const error = Object.assign(new Error('not this'), { data: { httpStatus: 409, body } });
    expect(describeError(error)).toEqual(body);
  });

  it.each([
    { ...body, code: 'of-a-newer-server' },
    { ...body, message: 7 },
    { ...body, hint: {} },
    null,
    'text',
  ])('is the error’s message where the body is none of ours: %j', (wrong) => {
    const error = Object.assign(new Error('plain words'), { data: { body: wrong } });
    expect(describeError(error)).toEqual({
      code: 'fault',
      message: 'plain words',
      hint: null,
      details: null,
    });
  });

  it('is that nobody answers where the network failed', () => {
    expect(describeError(new TypeError('Failed to fetch'))).toMatchObject({ code: 'unreachable' });
  });
});
