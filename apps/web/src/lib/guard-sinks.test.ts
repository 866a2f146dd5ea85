import { describe, expect, it } from 'vitest';
import { SINK_RULES } from './guard-sinks.ts';

const PAGE = 'http://127.0.0.1:4870/review/t-1';

describe('what a string may become', () => {
  it.each(['', '&eacute;', 'a > b'])('is text that holds no tag: %s', (markup) => {
    expect(SINK_RULES.createHTML(markup)).toBe(markup);
  });

  it.each(['<img src=x onerror=alert(1)>', '<b>', 'a<!--', '</p>', '<'])('is no element: %s', (markup) => {
    expect(SINK_RULES.createHTML(markup)).toBeNull();
  });

  it.each(['/assets/worker-DpfPjp8w.js', 'http://127.0.0.1:4870/assets/layout.worker-a_b.js'])(
    'is code from this build: %s',
    (address) => {
      expect(SINK_RULES.createScriptURL(address, PAGE)).toBe(new URL(address, PAGE).href);
    },
  );

  it.each([
    'https://example.org/assets/worker.js',
    'http://127.0.0.1:4871/assets/worker.js',
    '//example.org/assets/worker.js',
    'data:text/javascript,alert(1)',
    'blob:http://127.0.0.1:4870/5c2b',
    'javascript:alert(1)',
    '/upload/worker.js',
    '/assets/../upload/worker.js',
    '/assets/%2e%2e/worker.js',
    '/assets/worker.css',
    'worker.js',
  ])('is no code from %s', (address) => {
    expect(SINK_RULES.createScriptURL(address, PAGE)).toBeNull();
  });
});
