/** The framework takes no messages: it has not been started, or is stopping; a web server answers 503. */
export class NotRunningError extends Error {
  override readonly name = 'NotRunningError';
  readonly httpStatus = 503;

  constructor(attempt: string) {
    super(`Could not ${attempt}: SmallTalk is not running. Call start() first; after stop() make a new one.`);
  }
}
