import { Injectable } from '@nestjs/common';
import { Secret } from '../../common/masking/secret';
import { Clock } from '../../common/time/clock';
import { MemberNotificationsFacade } from '../members/member-notifications.facade';
import type { PreparedNotification } from '../members/member-notifications.types';
import type { ApplicationStatus } from './application.state';
import type { Application } from './service-applications.types';

/** A week. */
const LIFETIME_MS = 7 * 86_400_000;
const NAME_SHOWN = 30;

type Told = Exclude<ApplicationStatus, 'DRAFT'>;

const TEXTS: Readonly<Record<Told, string>> = {
  SUBMITTED: '서비스 신청이 접수되었습니다.',
  CHANGES_REQUESTED: '서비스 신청에 보완할 것이 있습니다. 로그인해 확인하고 다시 제출해 주세요.',
  APPROVED: '서비스 신청이 승인되었습니다. 로그인해 키를 받아 주세요.',
  REJECTED: '서비스 신청이 반려되었습니다. 로그인해 사유를 확인해 주세요.',
  WITHDRAWN: '서비스 신청이 철회되었습니다.',
};

/** Tells an applicant of each change, as it has chosen to be told. Reasons are read after login, not in a message. */
@Injectable()
export class ApplicationNotices {
  constructor(
    private readonly notifications: MemberNotificationsFacade,
    private readonly clock: Clock,
  ) {}

  /** Before the transaction of the change. */
  prepare({ applicationId, memberId, companyName }: Application, to: Told): Promise<PreparedNotification> {
    const name = [...(companyName ?? '')].slice(0, NAME_SHOWN).join('');
    const text = `[PG Gateway] ${name === '' ? '' : `${name}: `}${TEXTS[to]}`;
    return this.notifications.prepare({
      to: { memberId },
      kind: 'SERVICE_APPLICATION',
      content: new Secret({ subject: '[PG Gateway] 서비스 신청 안내', text }),
      purpose: `service-application.${to.toLowerCase().replace('_', '-')}`,
      subjectId: applicationId,
      expiresAt: new Date(this.clock.now().getTime() + LIFETIME_MS),
    });
  }
}
