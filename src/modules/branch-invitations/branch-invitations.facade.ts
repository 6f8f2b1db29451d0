import { Injectable } from '@nestjs/common';
import { FollowInvitations } from './use-cases/follow-invitations';

/** What the worker asks of branch invitations. */
@Injectable()
export class BranchInvitationsFacade {
  constructor(private readonly following: FollowInvitations) {}

  /** One sweep over what is due; answers how many it took. */
  sweep(): Promise<number> {
    return this.following.sweep();
  }
}
