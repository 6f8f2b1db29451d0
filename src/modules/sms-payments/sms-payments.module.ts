import { Module } from '@nestjs/common';
import { MerchantsModule } from '../merchants/merchants.module';
import { MessagingModule } from '../messaging/messaging.module';
import { PaymentsModule } from '../payments/payments.module';
import { CardKeys } from './card-keys.service';
import { PayLinkController } from './pay-link.controller';
import { PayPageController } from './pay-page.controller';
import { SmsPaymentsController } from './sms-payments.controller';
import { SmsPaymentsFacade } from './sms-payments.facade';
import { SmsPaymentsJournal } from './sms-payments.journal';
import { SmsPaymentsRepository } from './sms-payments.repository';
import { CancelSmsPayment } from './use-cases/cancel-sms-payment';
import { ConfirmSmsPayment } from './use-cases/confirm-sms-payment';
import { ReadSmsPayment } from './use-cases/read-sms-payment';
import { RequestSmsPayment } from './use-cases/request-sms-payment';
import { SendSms } from './use-cases/send-sms';
import { SettleSmsPayment } from './use-cases/settle-sms-payment';
import { ShowPayLink } from './use-cases/show-pay-link';

@Module({
  imports: [MerchantsModule, MessagingModule, PaymentsModule],
  controllers: [SmsPaymentsController, PayLinkController, PayPageController],
  providers: [
    CancelSmsPayment,
    CardKeys,
    ConfirmSmsPayment,
    ReadSmsPayment,
    RequestSmsPayment,
    SendSms,
    SettleSmsPayment,
    ShowPayLink,
    SmsPaymentsFacade,
    SmsPaymentsJournal,
    SmsPaymentsRepository,
  ],
  exports: [SmsPaymentsFacade],
})
export class SmsPaymentsModule {}
