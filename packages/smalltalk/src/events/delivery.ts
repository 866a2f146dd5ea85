import type { LogEvent } from '../types/event.ts';

/**
 * What a subscriber does with an event; until the promise it returns resolves, it gets no other for that topic.
 *
 * Taken from a method, whose parameters are compared both ways: so a handler may name the payload that it expects.
 */
export type EventHandler<T = unknown> = {
  handle(payload: T, event: LogEvent): void | Promise<void>;
}['handle'];

/** How one delivery ended. */
export type Delivery = 'delivered' | 'duplicate' | 'given-up' | 'stopped';

/** An event that a handler has refused as often as the retry policy allows; it is still in the log. */
export type FailedDelivery = {
  readonly event: LogEvent;
  readonly subscriberId: string;
  /** The pattern it was subscribed with. */
  readonly topic: string;
  readonly attempts: number;
  /** What the handler threw last. */
  readonly error: unknown;
};
