import { Module } from '@nestjs/common';
import { MessageMetrics } from './message.metrics';
import { MESSAGE_PROVIDERS, type MessageProvider, type MessageProviders } from './message-provider.port';
import { MessageSender } from './message-sender.service';
import { MessagesRepository } from './messages.repository';
import { MessagingFacade } from './messaging.facade';
import { SmtpProvider } from './providers/smtp.provider';
import { SolapiProvider } from './providers/solapi.provider';

@Module({
  providers: [
    MessageMetrics,
    SolapiProvider,
    SmtpProvider,
    {
      provide: MESSAGE_PROVIDERS,
      inject: [SolapiProvider, SmtpProvider],
      useFactory: (...providers: MessageProvider[]): MessageProviders =>
        new Map(providers.map((provider) => [provider.channel, provider])),
    },
    MessageSender,
    MessagesRepository,
    MessagingFacade,
  ],
  exports: [MessagingFacade],
})
export class MessagingModule {}
