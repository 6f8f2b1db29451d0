import { Injectable } from '@nestjs/common';
import { newToken, tokenHash } from '../../common/crypto/link-token';
import { Sealer } from '../../common/crypto/sealer';
import { newId } from '../../common/ids/id';
import { Secret } from '../../common/masking/secret';
import { AppConfig } from '../../config/app-config';
import { MessagingFacade } from '../messaging/messaging.facade';
import { INVITATION_PURPOSE, invitationMessage } from './invitation-message';
import type { Invitation, NewInvitation, Recipient } from './invitation.types';

interface Terms {
  readonly mid: string;
  readonly merchantName: string;
  readonly expiresAt: Date;
}

const phoneContext = (rowId: string, mid: string) => ({
  table: 'branch_invitations',
  column: 'phone_sealed',
  rowId,
  mid,
});

/** Seals invitations and their messages, before any transaction is opened. The token is in the message and nowhere else. */
@Injectable()
export class InvitationMaker {
  constructor(
    private readonly messaging: MessagingFacade,
    private readonly sealer: Sealer,
    private readonly config: AppConfig,
  ) {}

  async make(recipient: Recipient, terms: Terms, invitationId = newId('inv')): Promise<NewInvitation> {
    const { mid, merchantName, expiresAt } = terms;
    const { name, phone } = recipient;
    const token = newToken();
    const address = `${this.config.invitation.signUpUrl}/${token}`;
    const message = await this.messaging.prepare({
      ...{ channel: 'SMS', mid, to: new Secret(phone) },
      content: new Secret(invitationMessage(merchantName, { name, expiresAt }, address)),
      ...{ purpose: INVITATION_PURPOSE, subjectId: invitationId, expiresAt },
    });
    return {
      ...{ invitationId, recipient, message },
      phoneSealed: await this.sealer.seal('pii', phoneContext(invitationId, mid), phone),
      phoneIndex: await this.messaging.recipientIndex(phone),
      tokenHash: tokenHash(token),
    };
  }

  /** Digits. */
  async phoneOf({ invitationId, mid, phoneSealed }: Invitation): Promise<string> {
    return (await this.sealer.open('pii', phoneContext(invitationId, mid), phoneSealed)).toString('utf8');
  }
}
