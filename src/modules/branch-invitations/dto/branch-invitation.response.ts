import { ApiProperty } from '@nestjs/swagger';
import { maskName, maskPhone } from '../../../common/masking/masking';
import { koreanTime } from '../../../common/time/korean-time';
import { INVITE_RESULTS, type InviteResult } from '../invitation.policy';
import { INVITATION_STATUSES, type InvitationStatus } from '../invitation.state';
import type { InvitationView, InvitedRow } from '../invitation.types';
import type { OpenInvitation } from '../use-cases/manage-invitations';
import type { SignedUp } from '../use-cases/sign-up-branch';

const TIME = '2026-11-21T15:04:05.000+09:00';
const INVITATION_ID = 'inv_01KAJR38VNR81X7S9FZBZ4D62E';
const timeOrNull = (at: Date | null) => (at === null ? null : koreanTime(at));

export class InvitedRowResponse {
  @ApiProperty({ description: 'recipients의 순번, 0부터 / Which of recipients, from 0', example: 0 })
  index: number;

  @ApiProperty({ description: '이름 / Name', example: '홍길동' })
  name: string;

  @ApiProperty({ description: '번호(가림) / Number, masked', example: '010****5678' })
  phone: string;

  @ApiProperty({
    enum: INVITE_RESULTS,
    description:
      '결과: 초대함, 목록 안에서 중복, 이미 초대됨, 번호의 하루 한도, 가맹점의 하루 한도 / Invited, twice in the list, invited already, the number’s limit of a day, the merchant’s',
    example: 'INVITED',
  })
  result: InviteResult;

  @ApiProperty({
    type: String,
    nullable: true,
    description: '초대 ID, INVITED만 / Invitation id, for INVITED',
    example: INVITATION_ID,
  })
  invitationId: string | null;

  static of({ index, result, invitationId, recipient }: InvitedRow): InvitedRowResponse {
    return { index, name: recipient.name, phone: maskPhone(recipient.phone), result, invitationId };
  }
}

export class InvitedListResponse {
  @ApiProperty({ type: [InvitedRowResponse], description: '줄마다의 결과 / The result of each' })
  data: InvitedRowResponse[];

  @ApiProperty({ description: '초대한 수 / How many were invited', example: 1 })
  invitedCount: number;
}

export class BranchInvitationResponse {
  @ApiProperty({ description: '초대 ID / Invitation id', example: INVITATION_ID })
  invitationId: string;

  @ApiProperty({ description: '이름 / Name', example: '홍길동' })
  name: string;

  @ApiProperty({ description: '번호(가림) / Number, masked', example: '010****5678' })
  phone: string;

  @ApiProperty({ enum: INVITATION_STATUSES, description: '상태 / State', example: 'DELIVERED' })
  status: InvitationStatus;

  @ApiProperty({
    type: String,
    nullable: true,
    description:
      '문자가 닿지 않은 까닭, 문자 사업자의 코드 / Why the SMS did not arrive, the provider’s code',
    example: null,
  })
  failureCode: string | null;

  @ApiProperty({ description: '보낸 횟수 / How often it was sent', example: 1 })
  sends: number;

  @ApiProperty({
    type: String,
    nullable: true,
    description: '등록한 영업점 / The branch that signed up',
    example: null,
  })
  branchId: string | null;

  @ApiProperty({ format: 'date-time', description: '초대 시각 / Invited', example: TIME })
  createdAt: string;

  @ApiProperty({ format: 'date-time', description: '마지막으로 보낸 시각 / Last sent', example: TIME })
  sentAt: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: '처음 연 시각 / First opened',
    example: null,
  })
  openedAt: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: '끝난 시각 / When it ended',
    example: null,
  })
  endedAt: string | null;

  @ApiProperty({
    format: 'date-time',
    description: '기한 / Good until',
    example: '2026-11-28T15:04:05.000+09:00',
  })
  expiresAt: string;

  static of(view: InvitationView): BranchInvitationResponse {
    const { invitationId, name, phone, status, failureCode, sends, branchId } = view;
    return {
      ...{ invitationId, name, phone: maskPhone(phone), status, failureCode, sends, branchId },
      createdAt: koreanTime(view.createdAt),
      sentAt: koreanTime(view.sentAt),
      openedAt: timeOrNull(view.openedAt),
      endedAt: timeOrNull(view.endedAt),
      expiresAt: koreanTime(view.expiresAt),
    };
  }
}

export class BranchInvitationListResponse {
  @ApiProperty({ type: [BranchInvitationResponse], description: '초대 / The invitations' })
  data: BranchInvitationResponse[];

  @ApiProperty({ type: String, nullable: true, description: '다음 쪽 / Next page', example: null })
  nextCursor: string | null;
}

export class DeletedInvitationsResponse {
  @ApiProperty({ description: '철회한 수 / How many were taken back', example: 3 })
  deletedCount: number;
}

/** What whoever has the link may see of it. */
export class OpenInvitationResponse {
  @ApiProperty({ description: '초대한 가맹점 / Who invites', example: '모두의문구 주식회사' })
  merchantName: string;

  @ApiProperty({ description: '초대받은 사람(가림) / Who is invited, masked', example: '홍*동' })
  name: string;

  @ApiProperty({
    format: 'date-time',
    description: '기한 / Good until',
    example: '2026-11-28T15:04:05.000+09:00',
  })
  expiresAt: string;

  static of({ merchantName, invitation }: OpenInvitation): OpenInvitationResponse {
    return { merchantName, name: maskName(invitation.name), expiresAt: koreanTime(invitation.expiresAt) };
  }
}

export class SignedUpBranchResponse {
  @ApiProperty({ description: '영업점 ID / Branch id', example: 'brn_0000000000DEM0BRANCH000001' })
  branchId: string;

  @ApiProperty({ description: '가맹점 ID / Merchant id', example: 'M0000001' })
  mid: string;

  @ApiProperty({ description: '회원 ID / Member id', example: 'mem_01KAJR38VNR81X7S9FZBZ4D62E' })
  memberId: string;

  @ApiProperty({ description: '로그인 ID(소문자) / Login id, lower case', example: 'gaon.shop' })
  loginId: string;

  static of({ branchId, mid, memberId, loginId }: SignedUp): SignedUpBranchResponse {
    return { branchId, mid, memberId, loginId };
  }
}
