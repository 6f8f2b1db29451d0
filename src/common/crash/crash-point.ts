/**
 * A named place at which a test build ends the process with SIGKILL. In every other build this function does nothing:
 * the killing twin lives with the tests and is put in its place only when a test build is made.
 */
export function crashPoint(_name: string): void {}
