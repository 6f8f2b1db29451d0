import type { DataSource } from 'typeorm';
import type { Sealer } from '../../../common/crypto/sealer';
import type { UnitOfWork } from '../../../common/db/unit-of-work';
import type { Principal } from '../../../common/http/principal';
import type { AuditFacade } from '../../audit/audit.facade';
import type { Application } from '../service-applications.types';
import { TakeKeys } from './take-keys';

it('takes no keys that cannot be opened', async () => {
  const run = jest.fn();
  const query = jest.fn().mockResolvedValue([{ mid: 'M0001001', sealed: Buffer.from('sealed') }]);
  const open = jest.fn().mockRejectedValue(new Error('the data key cannot be read'));
  const taking = new TakeKeys(
    { run } as unknown as UnitOfWork,
    { query } as unknown as DataSource,
    { open } as unknown as Sealer,
    {} as AuditFacade,
  );
  const principal = { kind: 'MEMBER', memberId: 'mem_1' } as Principal;
  const application = { applicationId: 'app_1', memberId: 'mem_1', status: 'APPROVED', kind: 'NEW_MERCHANT' };
  await expect(taking.run(principal, application as Application, null)).rejects.toThrow('cannot be read');
  expect(run).not.toHaveBeenCalled();
});
