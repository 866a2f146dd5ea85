import type { Environment } from '../../core/read-persistence-settings.ts';
import { ValidationError } from '../../types/errors.ts';
import type { WebOptions } from './web-options.ts';

/** What the environment says about the ports of a service. */
export type WebEnvironment = {
  /** For `new WebInterface`. */
  readonly web: Pick<WebOptions, 'port'>;
  /** For a second `new WebInterface`, which only operators reach. */
  readonly health: Pick<WebOptions, 'name' | 'port' | 'serves'>;
};

/** Reads PORT (3000) and HEALTH_PORT (3001). */
export function readWebSettings(env: Environment): WebEnvironment {
  return {
    web: { port: readPort(env, 'PORT', 3000) },
    health: { name: 'health', port: readPort(env, 'HEALTH_PORT', 3001), serves: 'watching' },
  };
}

function readPort(env: Environment, name: string, fallback: number): number {
  const text = env[name]?.trim() ?? '';
  if (text === '') return fallback;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new ValidationError(`${name} is a port from 0 to 65535, not "${text}"`, [name]);
}
