import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { FakeClock } from '../test-clock.ts';
import { settle } from '../test-settle.ts';
import type { LogRecord } from '../types/log-sink.ts';
import { performShutdown, setupGracefulShutdown } from './shut-down.ts';

function bench() {
  const log: LogRecord[] = [];
  const clock = new FakeClock();
  return {
    clock,
    log,
    options: { clock, log: { write: (record: LogRecord) => void log.push(record) } },
    messages: () => log.map(({ level, message }) => `${level} ${message}`),
  };
}

it('ends with 0 where every session is saved, and with 1 where one is not', async () => {
  const { options, messages } = bench();
  expect(await performShutdown({ stop: async () => ({ saved: 2, failed: [] }) }, options)).toBe(0);
  expect(await performShutdown({ stop: async () => ({ saved: 1, failed: ['s'] }) }, options)).toBe(1);
  const stop = () => Promise.reject(new Error('disk gone'));
  expect(await performShutdown({ stop }, options)).toBe(1);
  expect(messages()).toEqual([
    'CRITICAL Sessions could not be saved before the stop',
    'ERROR The stop failed',
  ]);
});

it('is cut off after sixty seconds', async () => {
  const { clock, options, messages } = bench();
  const code = performShutdown({ stop: () => new Promise(() => undefined) }, options);
  clock.advance(59_999);
  await settle();
  expect(messages()).toEqual([]);
  clock.advance(1);
  expect(await code).toBe(1);
  expect(messages()).toEqual(['CRITICAL The stop was cut off: it took too long']);
});

it('begins with the first signal and is over at once with the second', async () => {
  const { options } = bench();
  const codes: number[] = [];
  const listened = Object.assign(new EventEmitter(), { exit: (code: number) => void codes.push(code) });
  const ended = Promise.withResolvers<{ saved: number; failed: string[] }>();
  let stops = 0;
  const stop = () => {
    stops += 1;
    return ended.promise;
  };
  setupGracefulShutdown({ stop }, { ...options, process: listened });
  listened.emit('SIGTERM');
  listened.emit('SIGINT');
  expect([stops, codes]).toEqual([1, [1]]);
  ended.resolve({ saved: 0, failed: [] });
  await settle();
  expect(codes).toEqual([1, 0]);
});

it('leaves signals alone once it was taken back', () => {
  const listened = Object.assign(new EventEmitter(), { exit: () => undefined });
  setupGracefulShutdown({ stop: async () => ({ saved: 0, failed: [] }) }, { process: listened })();
  expect(listened.eventNames()).toEqual([]);
});
