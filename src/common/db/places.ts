/** `?, ?, ?` for an IN list of as many values. */
export const places = (values: readonly unknown[]) => values.map(() => '?').join(', ');
