/** The cursor that the gateway gives after a row: its time in milliseconds and its place. */
export const cursorOf = ({ at, id }) => Buffer.from(`${at.getTime()}.${id}`).toString('base64url');
