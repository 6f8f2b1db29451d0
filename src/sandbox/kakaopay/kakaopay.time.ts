import { koreanTime } from '../../common/time/korean-time';

/** `yyyy-MM-ddTHH:mm:ss` in Korea, with no offset, as KakaoPay writes its times. */
export function kakaoTime(atMs: number): string {
  return koreanTime(new Date(atMs)).slice(0, 19);
}
