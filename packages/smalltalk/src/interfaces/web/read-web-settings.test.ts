import { expect, it } from 'vitest';
import { readWebSettings } from './read-web-settings.ts';

it('reads the ports of a service, and refuses what is none', () => {
  expect(readWebSettings({ PORT: '8080', HEALTH_PORT: '' })).toEqual({
    web: { port: 8080 },
    health: { name: 'health', port: 3001, serves: 'watching' },
  });
  expect(() => readWebSettings({ HEALTH_PORT: '70000' })).toThrow('HEALTH_PORT is a port from 0 to 65535');
});
