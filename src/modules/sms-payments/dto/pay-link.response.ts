import { ApiProperty } from '@nestjs/swagger';
import { SMS_PAYMENT_TRANSITIONS, type SmsPaymentStatus } from '../sms-payment.state';

const STATUSES = Object.keys(SMS_PAYMENT_TRANSITIONS);

export class PayKeyResponse {
  @ApiProperty({ example: 'EC' })
  kty: string;
  @ApiProperty({ example: 'P-256' })
  crv: string;
  @ApiProperty({ example: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU' })
  x: string;
  @ApiProperty({ example: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0' })
  y: string;
  @ApiProperty({ example: 'key_01JDEMOKEY0000000000000001' })
  kid: string;
  @ApiProperty({ example: 'enc' })
  use: string;
  @ApiProperty({ example: 'ECDH-ES' })
  alg: string;
}

export class PayLinkPaymentResponse {
  @ApiProperty({ example: 'APPROVED', description: '결제의 상태 / Status of the payment' })
  status: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    description: '되돌리는 중이면 다음 확인 시각 / Next check, while it is being undone',
  })
  nextCheckAt: string | null;
}

export class PayLinkCodeResponse {
  @ApiProperty({ example: '2026-01-02T03:07:05.000+09:00', description: '인증번호 유효 시각 / Good until' })
  expiresAt: string;

  @ApiProperty({ example: 5, description: '남은 입력 횟수 / Tries left' })
  triesLeft: number;
}

/** What a payer may see of a link. */
export class PayLinkResponse {
  @ApiProperty({ enum: STATUSES, example: 'REQUESTED', description: '상태 / Status' })
  status: SmsPaymentStatus;

  @ApiProperty({ example: '데모 문구점', description: '판매자 / Seller' })
  merchantName: string;

  @ApiProperty({ example: '수제 만년필', description: '상품 / Goods' })
  goodsName: string;

  @ApiProperty({ example: 50000, description: '금액(원) / Amount in won' })
  amount: number;

  @ApiProperty({ example: 'KRW', enum: ['KRW'], description: '통화 / Currency' })
  currency: 'KRW';

  @ApiProperty({ example: '010****5678', description: '인증번호를 받을 번호 / Where the code goes' })
  phone: string;

  @ApiProperty({ example: 12, description: '최대 할부 개월 / Most months' })
  installmentMonthsMax: number;

  @ApiProperty({ example: '2026-01-03T03:04:05.000+09:00', description: '결제 기한 / Pay by' })
  expiresAt: string;

  @ApiProperty({
    type: PayLinkCodeResponse,
    nullable: true,
    description: '쓸 수 있는 인증번호 / The code that can be used',
  })
  code: PayLinkCodeResponse | null;

  @ApiProperty({
    type: PayKeyResponse,
    nullable: true,
    description: '카드 정보를 암호화할 일회용 공개 키(JWK) / One-time public key for the card',
  })
  publicKey: PayKeyResponse | null;

  @ApiProperty({ type: PayLinkPaymentResponse, nullable: true, description: '결제 / The payment' })
  payment: PayLinkPaymentResponse | null;

  @ApiProperty({
    example: '/pay/k3XdR…/receipt',
    description: '매출전표 주소, 결제 뒤 / Sales slip, once it is paid',
  })
  receiptPath: string;
}

export class SentPayLinkCodeResponse {
  @ApiProperty({ example: '010****5678', description: '보낸 번호 / Sent to' })
  sentTo: string;

  @ApiProperty({ example: '2026-01-02T03:07:05.000+09:00', description: '유효 시각 / Good until' })
  expiresAt: string;

  @ApiProperty({ example: 180, description: '유효한 시간(초) / Seconds that it is good for' })
  goodForSeconds: number;

  @ApiProperty({
    example: '2026-01-02T03:05:05.000+09:00',
    description: '다시 보낼 수 있는 시각 / Next send',
  })
  nextSendAt: string;

  @ApiProperty({ example: 4, description: '오늘 남은 발송 횟수 / Sends left today' })
  sendsLeft: number;
}

export class ConfirmedPayLinkResponse extends PayLinkResponse {
  @ApiProperty({ enum: ['SUCCESS', 'UNKNOWN'], example: 'SUCCESS', description: '결과 / Outcome' })
  outcome: 'SUCCESS' | 'UNKNOWN';
}
