import { defineErrors } from '../../common/errors/error-kinds';

export const SERVICE_APPLICATION_ERRORS = defineErrors({
  APPLICATION_NOT_FOUND: {
    kind: 'NOT_FOUND',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '신청을 찾을 수 없습니다', detail: '없는 신청이거나 볼 수 있는 대상이 아닙니다.' },
    en: {
      title: 'The application was not found',
      detail: 'There is no such application, or it is not yours to see.',
    },
  },
  APPLICATION_STATE_CONFLICT: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '지금 상태에서는 할 수 없습니다', detail: '신청을 다시 조회해 status를 확인해 주세요.' },
    en: {
      title: 'Not possible in its present state',
      detail: 'Read the application again and look at its status.',
    },
  },
  APPLICATION_CHANGED: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: true,
    ko: { title: '신청이 그사이 바뀌었습니다', detail: '다시 조회한 뒤 보내 주세요.' },
    en: { title: 'The application has changed meanwhile', detail: 'Read it again and then send the change.' },
  },
  APPLICATION_DUPLICATE: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '같은 신청이 심사 중입니다',
      detail: '같은 사업자번호와 서비스의 신청이 이미 심사를 기다립니다.',
    },
    en: {
      title: 'The same application is being looked at',
      detail: 'One for the same services of the same business waits already.',
    },
  },
  APPLICATION_LIMIT: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '끝나지 않은 신청이 너무 많습니다', detail: '쓰지 않는 신청을 먼저 철회해 주세요.' },
    en: { title: 'Too many applications are open', detail: 'Withdraw those you no longer need first.' },
  },
  SERVICE_ALREADY_APPROVED: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '이미 승인된 서비스입니다', detail: '가맹점에 아직 없는 서비스만 신청해 주세요.' },
    en: {
      title: 'The service was approved before',
      detail: 'Apply only for services that the merchant does not have yet.',
    },
  },
  APPLICANT_HAS_MERCHANT: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '신청인에게 이미 가맹점이 있습니다', detail: '이 신청은 반려하거나 철회해야 합니다.' },
    en: {
      title: 'The applicant has a merchant already',
      detail: 'This application must be rejected or withdrawn.',
    },
  },
  KEYS_TAKEN: {
    kind: 'GONE',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '첫 키를 이미 받았습니다',
      detail: '키는 한 번만 보입니다. 잃었다면 새 키를 만들고 처음 것을 폐기해 주세요.',
    },
    en: {
      title: 'The first keys were fetched before',
      detail: 'They are shown once. If they are lost, make new ones and revoke these.',
    },
  },
});
