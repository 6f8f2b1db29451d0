/** Of a JSON or form body, in bytes. Files and webhooks have limits of their own. */
export const BODY_BYTES_MAX = 32 * 1024;

/** The router knows no path with a longer part: it answers 404 before any operation sees it. */
export const PATH_PARAMETER_LENGTH_MAX = 300;

/** All headers of a request together. Node refuses more before any of our code sees them. */
export const HEADERS_LENGTH_MAX = 16_384;
