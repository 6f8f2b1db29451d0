const { basename } = require('node:path');
const Sequencer = require('@jest/test-sequencer').default;

/** About how many seconds those take that take long, most of it waiting, however short their files are. */
const SECONDS = {
  'account-crash-points.fault-spec.ts': 270,
  'crash-points.fault-spec.ts': 160,
  'points.fault-spec.ts': 95,
  'sms-payments.e2e-spec.ts': 85,
  'billing-crash-points.fault-spec.ts': 70,
  'cash-receipts.e2e-spec.ts': 70,
  'new-acquirer.contract-spec.ts': 65,
  'own-abilities.e2e-spec.ts': 65,
  'pay-page.e2e-spec.ts': 60,
  'virtual-accounts.e2e-spec.ts': 55,
  'members-enumeration.e2e-spec.ts': 50,
  'guides.e2e-spec.ts': 50,
  'webhooks.e2e-spec.ts': 50,
  'inicis.conformance.contract-spec.ts': 45,
  'nicepay.conformance.contract-spec.ts': 45,
  'portone.conformance.contract-spec.ts': 45,
  'toss.conformance.contract-spec.ts': 45,
  'tracing.e2e-spec.ts': 40,
};
const SECONDS_OF_OTHERS = { fault: 35, e2e: 20, contract: 15, integration: 8, tidy: 3, unit: 1 };

/**
 * Starts the longest tests first, so that no run ends with one of them alone. Jest does so by itself once it has seen them
 * run; on a machine that has not, it goes by the size of the files, and those that only wait are the shortest.
 */
module.exports = class LongestFirst extends Sequencer {
  time(test) {
    const { name } = test.context.config.displayName;
    return super.time(test) ?? 1_000 * (SECONDS[basename(test.path)] ?? SECONDS_OF_OTHERS[name]);
  }
};
