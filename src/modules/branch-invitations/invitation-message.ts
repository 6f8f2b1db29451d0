import { koreanTime } from '../../common/time/korean-time';
import type { MessageContent } from '../messaging/messaging.types';

/** What every message of an invitation is for, in messaging's list. */
export const INVITATION_PURPOSE = 'branch-invitation.link';

const NAME_MAX = 20;
const short = (text: string) => (text.length > NAME_MAX ? `${text.slice(0, NAME_MAX - 1)}…` : text);

/** Korean: a Korean telephone number is all that is known of its reader. */
export function invitationMessage(
  merchantName: string,
  told: { readonly name: string; readonly expiresAt: Date },
  address: string,
): MessageContent {
  const until = koreanTime(told.expiresAt).slice(5, 16).replace('-', '/').replace('T', ' ');
  return {
    subject: `[${short(merchantName)}] 영업점 등록 초대`,
    text: [
      `[${merchantName}] 영업점 등록 초대`,
      `${short(told.name)}님, 아래 주소에서 ${until}까지 등록해 주세요.`,
      address,
    ].join('\n'),
  };
}
