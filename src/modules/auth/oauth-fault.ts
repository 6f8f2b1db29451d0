/** The codes of RFC 6749 (5.2), RFC 7009 (2.2.1), and two of RFC 6749 (4.1.2.1) for faults that are not the client's. */
export type OAuthErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'invalid_scope'
  | 'temporarily_unavailable'
  | 'server_error';

export interface OAuthErrorBody {
  readonly error: OAuthErrorCode;
  readonly error_description: string;
}

/** A fault of an OAuth endpoint: answered in RFC 6749's form, not as a problem, since OAuth clients read only that. */
export class OAuthFault extends Error {
  constructor(
    readonly error: OAuthErrorCode,
    readonly description: string,
  ) {
    super(error);
    this.name = 'OAuthFault';
  }

  get status(): number {
    return this.error === 'invalid_client' ? 401 : 400;
  }
}
