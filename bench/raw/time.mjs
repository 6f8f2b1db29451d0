const KOREA_OFFSET_MS = 9 * 60 * 60 * 1_000;

export const koreanTime = (at) =>
  `${new Date(at.getTime() + KOREA_OFFSET_MS).toISOString().slice(0, -1)}+09:00`;

export const koreanDay = (at) => new Date(at.getTime() + KOREA_OFFSET_MS).toISOString().slice(0, 10);

/** UTC text for a DATETIME(3) parameter. */
export const databaseTime = (at) => at.toISOString().slice(0, 23).replace('T', ' ');
