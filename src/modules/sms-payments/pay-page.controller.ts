import { Controller, Get, Header, Param, Query, Res } from '@nestjs/common';
import {
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { AppError } from '../../common/errors/app-error';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { Public } from '../../common/http/decorators';
import { requestContext } from '../../common/http/request-context';
import { ApiErrors } from '../../common/openapi/api-errors';
import { LinkPaymentsFacade } from '../payments/link-payments.facade';
import { PAYMENT_ERRORS } from '../payments/payments.errors';
import { noSuchLinkPage, PAGE_POLICY, payPage } from './page/pay-page';
import { SMS_PAYMENT_ERRORS } from './sms-payments.errors';
import { ReadSmsPayment } from './use-cases/read-sms-payment';
import { ShowPayLink } from './use-cases/show-pay-link';

const HTML = 'text/html; charset=utf-8';
const LanguageQuery = () =>
  ApiQuery({
    ...{ name: 'lang', required: false, schema: { type: 'string', pattern: '^[\\s\\S]*$', example: 'en' } },
    description: 'ko 또는 en, 아니면 Accept-Language / ko or en; with any other, Accept-Language decides',
  });

/** The pages that a payer sees. */
@ApiTags('Pay links')
@Controller('pay')
export class PayPageController {
  constructor(
    private readonly show: ShowPayLink,
    private readonly read: ReadSmsPayment,
    private readonly payments: LinkPaymentsFacade,
  ) {}

  @Get(':token')
  @Public()
  @Header('Vary', 'Accept-Language')
  @ApiOperation({
    summary: '결제 화면 / The hosted page',
    description: '구매자가 문자로 받은 링크입니다. / Where the link in the SMS leads.',
  })
  @LanguageQuery()
  @ApiProduces('text/html')
  @ApiOkResponse({ description: '결제 화면 / The page', schema: { type: 'string' } })
  @ApiNotFoundResponse({
    description: '링크가 없다는 화면 / A page that says that there is no such link',
    content: { 'text/html': { schema: { type: 'string' } } },
  })
  @ApiErrors(COMMON_ERRORS, 'SERVICE_UNAVAILABLE')
  async page(
    @Param('token') token: string,
    @Query('lang') wish: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const language = languageOf(wish);
    void reply.header('content-security-policy', PAGE_POLICY);
    const link = await this.show.run(token).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'PAY_LINK_NOT_FOUND') return null;
      throw error;
    });
    void reply.type(HTML).header('content-language', language);
    if (link !== null) return payPage(link, language);
    void reply.status(404);
    return noSuchLinkPage(language);
  }

  @Get(':token/receipt')
  @Public()
  @Header('Vary', 'Accept-Language')
  @ApiOperation({
    summary: '구매자의 매출전표 / The payer’s sales slip',
    description: '결제한 링크로 볼 수 있는 인쇄용 페이지. / The printable page, by the link that was paid.',
  })
  @LanguageQuery()
  @ApiProduces('text/html')
  @ApiOkResponse({ description: '매출전표 / Sales slip', schema: { type: 'string' } })
  @ApiErrors(SMS_PAYMENT_ERRORS, 'PAY_LINK_NOT_FOUND')
  @ApiErrors(PAYMENT_ERRORS, 'NOT_CHARGED')
  @ApiErrors(COMMON_ERRORS, 'SERVICE_UNAVAILABLE')
  async receipt(
    @Param('token') token: string,
    @Query('lang') wish: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const language = languageOf(wish);
    const slip = await this.read.slipOf(await this.read.byToken(token));
    const { html, policy } = this.payments.pageOf(slip, language);
    void reply.header('content-security-policy', policy).header('content-language', language).type(HTML);
    return html;
  }
}

function languageOf(wish: string | undefined): 'ko' | 'en' {
  if (wish === 'ko' || wish === 'en') return wish;
  return requestContext()?.language ?? 'ko';
}
