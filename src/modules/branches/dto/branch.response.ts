import { ApiProperty } from '@nestjs/swagger';
import { koreanTime } from '../../../common/time/korean-time';
import { BRANCH_STATUSES, type BranchStatus } from '../branch.state';
import type { BranchDetail, BranchEvent, BranchView } from '../branches.types';

const TIME = '2026-11-21T15:04:05.000+09:00';

export class BranchResponse {
  @ApiProperty({ description: '영업점 ID / Branch id', example: 'brn_0000000000DEM0BRANCH000001' })
  branchId: string;

  @ApiProperty({ description: '가맹점 ID / Merchant id', example: 'M0000001' })
  mid: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: '가맹점이 정한 코드 / The merchant’s own code',
    example: 'GANAM-01',
  })
  code: string | null;

  @ApiProperty({ description: '이름 / Name', example: '모두의문구 가온점' })
  name: string;

  @ApiProperty({ enum: BRANCH_STATUSES, description: '상태 / Status', example: 'ACTIVE' })
  status: BranchStatus;

  @ApiProperty({
    type: String,
    nullable: true,
    description: '지금 상태가 된 까닭 / Why it has this status',
    example: null,
  })
  statusReason: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: '상태가 바뀐 시각 / When the status changed',
    example: null,
  })
  statusChangedAt: string | null;

  @ApiProperty({ description: '바뀔 때마다 커집니다 / Grows with every change', example: 1 })
  version: number;

  @ApiProperty({ format: 'date-time', description: '등록 시각 / Registered', example: TIME })
  createdAt: string;

  static of(branch: BranchView): BranchResponse {
    const { branchId, mid, code, name, status, statusReason, statusChangedAt, version, createdAt } = branch;
    return {
      ...{ branchId, mid, code, name, status, statusReason },
      statusChangedAt: statusChangedAt === null ? null : koreanTime(statusChangedAt),
      version,
      createdAt: koreanTime(createdAt),
    };
  }
}

export class BranchListResponse {
  @ApiProperty({ type: [BranchResponse], description: '영업점 / The branches' })
  data: BranchResponse[];

  @ApiProperty({ type: String, nullable: true, description: '다음 쪽 / Next page', example: null })
  nextCursor: string | null;
}

export class BranchEventResponse {
  @ApiProperty({
    enum: BRANCH_STATUSES,
    nullable: true,
    description: '이전 상태 / From',
    example: 'ACTIVE',
  })
  from: BranchStatus | null;

  @ApiProperty({ enum: BRANCH_STATUSES, description: '다음 상태 / To', example: 'SUSPENDED' })
  to: BranchStatus;

  @ApiProperty({ description: '누가 / Who', example: 'member:mem_01KAJR38VNR81X7S9FZBZ4D62E' })
  actor: string;

  @ApiProperty({ description: '사유 / Why', example: '정기 점검' })
  reason: string;

  @ApiProperty({ format: 'date-time', description: '시각 / When', example: TIME })
  occurredAt: string;

  static of({ from, to, actor, reason, occurredAt }: BranchEvent): BranchEventResponse {
    return { from, to, actor, reason, occurredAt: koreanTime(occurredAt) };
  }
}

export class BranchDetailResponse extends BranchResponse {
  @ApiProperty({
    type: String,
    nullable: true,
    description: '주소 / Address',
    example: '서울특별시 중구 가온로 11',
  })
  address: string | null;

  @ApiProperty({ type: String, nullable: true, description: '전화번호 / Telephone', example: '0200002001' })
  phone: string | null;

  @ApiProperty({ type: [BranchEventResponse], description: '상태의 이력 / History of its states' })
  events: BranchEventResponse[];

  static detailed(branch: BranchDetail): BranchDetailResponse {
    const { address, phone, events } = branch;
    return {
      ...BranchResponse.of(branch),
      ...{ address, phone },
      events: events.map((event) => BranchEventResponse.of(event)),
    };
  }
}
