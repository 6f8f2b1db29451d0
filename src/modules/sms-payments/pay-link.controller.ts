import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { Public } from '../../common/http/decorators';
import { RateLimit } from '../../common/http/rate-limit';
import { ApiErrors } from '../../common/openapi/api-errors';
import { ApiPlaintext } from '../../common/openapi/plaintext';
import { Clock } from '../../common/time/clock';
import { koreanTime } from '../../common/time/korean-time';
import { PayerCard } from '../payments/link-payments.facade';
import { MERCHANTS_ERRORS } from '../merchants/merchants.errors';
import { DECLINE_ERRORS } from '../payments/decline.errors';
import { PAYMENT_ERRORS } from '../payments/payments.errors';
import { ConfirmedPayLinkResponse, PayLinkResponse, SentPayLinkCodeResponse } from './dto/pay-link.response';
import { ConfirmPayLinkRequest } from './dto/sms-payment.request';
import { SMS_PAYMENT_ERRORS } from './sms-payments.errors';
import { ConfirmSmsPayment } from './use-cases/confirm-sms-payment';
import { ReadSmsPayment } from './use-cases/read-sms-payment';
import { SendSms } from './use-cases/send-sms';
import { ShowPayLink } from './use-cases/show-pay-link';

/** The payer's side: whoever has the token of a link. What guesses codes is limited as logins are. */
@ApiTags('Pay links')
@Public()
@Controller('v1/pay')
export class PayLinkController {
  constructor(
    private readonly read: ReadSmsPayment,
    private readonly show: ShowPayLink,
    private readonly sending: SendSms,
    private readonly confirming: ConfirmSmsPayment,
    private readonly clock: Clock,
  ) {}

  @Get(':token')
  @Public()
  @ApiOperation({
    summary: '결제 링크 보기 / What a link is about',
    description:
      '결제 화면이 쓰는 값과 카드 암호화용 일회용 공개 키. / What the page needs, and the one-time key for the card.',
  })
  @ApiOkResponse({ type: PayLinkResponse, description: '결제 링크 / The link' })
  @ApiErrors(SMS_PAYMENT_ERRORS, 'PAY_LINK_NOT_FOUND')
  @ApiErrors(COMMON_ERRORS, 'SERVICE_UNAVAILABLE')
  view(@Param('token') token: string): Promise<PayLinkResponse> {
    return this.show.run(token);
  }

  @Post(':token/code')
  @HttpCode(200)
  @Public()
  @RateLimit('login')
  @ApiOperation({
    summary: '인증번호 보내기 / Send a code',
    description:
      '링크를 받은 번호로 6자리 인증번호를 보냅니다. 3분, 5번. / Sends six digits to the phone of the link: three minutes, five tries.',
  })
  @ApiOkResponse({ type: SentPayLinkCodeResponse, description: '보냄 / Sent' })
  @ApiErrors(
    SMS_PAYMENT_ERRORS,
    'PAY_LINK_NOT_FOUND',
    'PAY_LINK_EXPIRED',
    'SMS_PAYMENT_CLOSED',
    'SMS_PAYMENT_IN_PROGRESS',
    'SMS_SENT_RECENTLY',
    'SMS_SENDS_EXHAUSTED',
  )
  @ApiErrors(PAYMENT_ERRORS, 'BRANCH_NOT_ACTIVE')
  @ApiErrors(COMMON_ERRORS, 'SERVICE_UNAVAILABLE')
  async code(@Param('token') token: string): Promise<SentPayLinkCodeResponse> {
    const { sentTo, expiresAt, nextSendAt, sendsLeft } = await this.sending.code(
      await this.read.byToken(token),
    );
    const goodForSeconds = Math.max(
      0,
      Math.floor((expiresAt.getTime() - this.clock.now().getTime()) / 1_000),
    );
    return {
      sentTo,
      expiresAt: koreanTime(expiresAt),
      goodForSeconds,
      nextSendAt: koreanTime(nextSendAt),
      sendsLeft,
    };
  }

  @Post(':token/confirm')
  @HttpCode(200)
  @Public()
  @RateLimit('login')
  @ApiOperation({
    summary: '결제하기 / Pay',
    description:
      '인증번호와 암호화한 카드로 결제합니다. 동시에 여러 번 보내도 한 번만 결제됩니다. 거절되면 다른 카드로 다시 할 수 있습니다. / Pays with the code and the encrypted card, once, however often it is sent at a time. After a decline another card may be tried.',
  })
  @ApiPlaintext(PayerCard)
  @ApiOkResponse({ type: ConfirmedPayLinkResponse, description: '결제됨 / Paid' })
  @ApiErrors(
    SMS_PAYMENT_ERRORS,
    'PAY_LINK_NOT_FOUND',
    'PAY_LINK_EXPIRED',
    'SMS_PAYMENT_CLOSED',
    'SMS_PAYMENT_IN_PROGRESS',
    'SMS_CODE_WRONG',
    'SMS_CODE_EXPIRED',
  )
  @ApiErrors(DECLINE_ERRORS)
  @ApiErrors(MERCHANTS_ERRORS, 'ENC_DATA_INVALID')
  @ApiErrors(
    PAYMENT_ERRORS,
    'ORDER_NO_CONFLICT',
    'NO_ACQUIRER_CONTRACT',
    'AMOUNT_OVER_CONTRACT_LIMIT',
    'BRANCH_NOT_ACTIVE',
    'ACQUIRER_UNAVAILABLE',
    'ACQUIRER_TIMEOUT',
    'PAYMENT_OUTCOME_UNKNOWN',
  )
  @ApiErrors(COMMON_ERRORS, 'SERVICE_UNAVAILABLE')
  async confirm(
    @Param('token') token: string,
    @Body() body: ConfirmPayLinkRequest,
  ): Promise<ConfirmedPayLinkResponse> {
    const link = await this.confirming.run(token, body);
    return { ...link, outcome: link.status === 'PAID' ? 'SUCCESS' : 'UNKNOWN' };
  }
}
