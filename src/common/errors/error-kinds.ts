/** What kind of fault an error code names. The kind, and nothing else, decides the HTTP status. */
export const ERROR_KINDS = {
  INVALID: 400,
  UNAUTHENTICATED: 401,
  DECLINED: 402,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  GONE: 410,
  TOO_LARGE: 413,
  UNSUPPORTED_MEDIA: 415,
  UNPROCESSABLE: 422,
  LIMITED: 429,
  INTERNAL: 500,
  ACQUIRER_FAULT: 502,
  UNAVAILABLE: 503,
  ACQUIRER_SILENT: 504,
} as const;

export type ErrorKind = keyof typeof ERROR_KINDS;

/** Who has to act before the same call can succeed. */
export type Actor = 'CALLER' | 'PAYER' | 'GATEWAY' | 'ACQUIRER';

export interface ErrorText {
  readonly title: string;
  readonly detail: string;
}

export interface ErrorEntry {
  readonly kind: ErrorKind;
  readonly actor: Actor;
  /** Whether the same call may succeed when it is sent again; error-advice says how it is sent. */
  readonly retryable: boolean;
  readonly ko: ErrorText;
  readonly en: ErrorText;
}

/** One table per module; the key is the stable code. A tidy test proves codes unique over all tables. */
export type ErrorTable = Readonly<Record<string, ErrorEntry>>;

export function defineErrors<T extends ErrorTable>(table: T): T {
  return table;
}
