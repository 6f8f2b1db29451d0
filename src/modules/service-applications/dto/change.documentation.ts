import type { ApiParamOptions } from '@nestjs/swagger';
import { ApiErrors } from '../../../common/openapi/api-errors';
import { SERVICE_APPLICATION_ERRORS } from '../service-applications.errors';

/** Documents the path of one application. */
export const APPLICATION_ID: ApiParamOptions = {
  name: 'applicationId',
  description: '신청 ID / Application id',
  example: 'app_01KAJR38VNR81X7S9FZBZ4D62E',
};

/** Documents what every change of an application's state may be refused with. */
export const ChangeErrors = () =>
  ApiErrors(
    SERVICE_APPLICATION_ERRORS,
    'APPLICATION_NOT_FOUND',
    'APPLICATION_STATE_CONFLICT',
    'APPLICATION_CHANGED',
  );
