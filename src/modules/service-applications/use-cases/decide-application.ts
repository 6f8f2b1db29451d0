import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../common/db/unit-of-work';
import { fault } from '../../../common/errors/app-error';
import { actorOf, type Principal } from '../../../common/http/principal';
import { Clock } from '../../../common/time/clock';
import { databaseTime } from '../../../common/time/korean-time';
import { AuditFacade } from '../../audit/audit.facade';
import { MemberNotificationsFacade } from '../../members/member-notifications.facade';
import { ApplicationNotices } from '../application-notices';
import { mayApplicationFollow } from '../application.state';
import { SERVICE_APPLICATION_ERRORS } from '../service-applications.errors';
import { type Columns, ServiceApplicationsJournal } from '../service-applications.journal';
import type { Application } from '../service-applications.types';

export interface Decision {
  readonly to: 'CHANGES_REQUESTED' | 'REJECTED' | 'WITHDRAWN';
  readonly reason?: string;
  readonly fields?: readonly string[];
}

const ACTIONS: Readonly<Record<Decision['to'], string>> = {
  CHANGES_REQUESTED: 'service-application.request-changes',
  REJECTED: 'service-application.reject',
  WITHDRAWN: 'service-application.withdraw',
};

/** Everything that ends an application or sends it back, but its approval. */
@Injectable()
export class DecideApplication {
  constructor(
    private readonly journal: ServiceApplicationsJournal,
    private readonly notices: ApplicationNotices,
    private readonly notifications: MemberNotificationsFacade,
    private readonly audit: AuditFacade,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Throws APPLICATION_STATE_CONFLICT, APPLICATION_CHANGED. */
  async run(principal: Principal, seen: Application, { to, reason, fields }: Decision): Promise<void> {
    if (!mayApplicationFollow(seen.status, to))
      throw fault(SERVICE_APPLICATION_ERRORS, 'APPLICATION_STATE_CONFLICT');
    const { applicationId, mid } = seen;
    const at = this.clock.now();
    const actor = actorOf(principal);
    const columns: Columns = to === 'CHANGES_REQUESTED' ? {} : { decided_at: databaseTime(at) };
    const writer = { actor, at, reason, fields };
    const notice = await this.notices.prepare(seen, to);
    await this.unitOfWork.run('service-application.decide', async (tx) => {
      await this.journal.move(tx, seen, to, { columns, writer });
      await this.notifications.notify(tx, notice);
      const action = ACTIONS[to];
      const details = { reason, changed: fields?.join(','), from: seen.status, to };
      await this.audit.record(tx, { actor, action, target: applicationId, mid, outcome: 'SUCCESS', details });
    });
    await this.notifications.sendNow(notice);
  }
}
