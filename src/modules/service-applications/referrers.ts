import { Injectable } from '@nestjs/common';
import type { FieldError } from '../../common/errors/app-error';
import { AgenciesFacade } from '../agencies/agencies.facade';
import type { ApplicationContent } from './service-applications.types';

const TEXT = {
  ko: '없거나 새 가맹점을 받지 않는 코드입니다.',
  en: 'There is no such code, or it takes no new merchants.',
};

/** The agency and the seller that an application names. */
@Injectable()
export class Referrers {
  constructor(private readonly agencies: AgenciesFacade) {}

  async faultsOf({ agencyCode, sellerCode }: ApplicationContent): Promise<FieldError[]> {
    const errors: FieldError[] = [];
    if (agencyCode && !isActive(await this.agencies.findAgency(agencyCode)))
      errors.push({ field: 'agencyCode', code: 'NOT_ALLOWED', message: TEXT });
    if (sellerCode && !isActive(await this.agencies.findSeller(sellerCode)))
      errors.push({ field: 'sellerCode', code: 'NOT_ALLOWED', message: TEXT });
    return errors;
  }
}

/** An agency has a status only where it is registered; one that is older than the register is active. */
function isActive(found: object | null): boolean {
  return found !== null && (!('status' in found) || found.status === 'ACTIVE');
}
