import { describe, expect, it } from 'vitest';
import { isNewEnough } from './toolchain.mjs';

describe('the oldest Node that runs Thalogos', () => {
  it.each(['22.14.0', '22.21.1', '24.0.0'])('is met by %s', (version) => {
    expect(isNewEnough(version)).toBe(true);
  });

  it.each(['18.20.4', '20.20.2', '22.13.9'])('is not met by %s', (version) => {
    expect(isNewEnough(version)).toBe(false);
  });
});
