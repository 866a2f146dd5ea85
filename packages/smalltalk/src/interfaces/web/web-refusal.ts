/** A request that HTTP itself turns away, before anything of it reaches a host. */
export class WebRefusal extends Error {
  override readonly name = 'WebRefusal';
  readonly status: 400 | 403 | 404 | 405 | 413 | 415 | 429;

  constructor(status: WebRefusal['status'], message: string) {
    super(message);
    this.status = status;
  }
}
