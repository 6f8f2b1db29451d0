import { ApiHeader } from '@nestjs/swagger';
import { IDEMPOTENCY_HEADER } from '../../common/idempotency/idempotency-header';

export const IdempotencyHeader = () => ApiHeader(IDEMPOTENCY_HEADER);
