/** An adapter was asked for what its contract or our configuration does not hold. A fault of ours; nothing was sent. */
export class AcquirerSetupError extends Error {
  constructor(
    readonly acquirer: string,
    what: string,
  ) {
    super(`${acquirer}: ${what}`);
    this.name = 'AcquirerSetupError';
  }
}
