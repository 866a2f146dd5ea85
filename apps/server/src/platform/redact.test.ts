import { describe, expect, it } from 'vitest';
import { makeRedactor } from './redact.ts';

describe('the redactor', () => {
  it('takes out a known secret wherever and however it stands', () => {
    const secret = 'pass"word/with+odd=signs';
    const redactor = makeRedactor([secret]);
    const text = `a=${secret} ${JSON.stringify({ secret })} https://x/?k=${encodeURIComponent(secret)}`;
    expect(redactor.redactText(text)).toBe('a=[redacted] {"secret":"[redacted]"} https://x/?k=[redacted]');
  });

  it('learns new secrets, and leaves words that are too short to be one', () => {
    const redactor = makeRedactor(['abc']);
    redactor.add('a-longer-secret');
    expect(redactor.redactText('abc a-longer-secret')).toBe('abc [redacted]');
  });

  it.each([
    [`sk-${'proj-Ab1'.repeat(5)}`],
    [`ghp_${'a1B2'.repeat(9)}`],
    ['AKIAIOSFODNN7EXAMPLE'],
    [`Authorization: Bearer ${'eyJhbGciOi'.repeat(4)}`],
  ])('takes out what looks like a key: %s', (text) => {
    expect(makeRedactor().redactText(`before ${text} after`)).toMatch(
      /^before (Authorization: Bearer )?\[redacted\] after$/,
    );
  });

  it('leaves ordinary text, hashes and code alone', () => {
    const text = `commit ${'0123456789abcdef'.repeat(2)}01234567 const risk-free = bearer of news; sk-1`;
    expect(makeRedactor(['other-secret']).redactText(text)).toBe(text);
  });
});
