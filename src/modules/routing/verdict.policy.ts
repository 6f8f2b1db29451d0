import type { ApprovalOutcome } from '../../acquirers/port/acquirer.types';
import type { CallVerdict } from './routing.types';

/** What an approval's outcome says of the acquirer. A card that was declined says nothing against it. */
export function verdictOf(outcome: ApprovalOutcome): CallVerdict {
  switch (outcome.kind) {
    case 'APPROVED':
      return 'WELL';
    case 'NOT_SENT':
    case 'UNKNOWN':
      return 'ACQUIRER_FAULT';
    case 'DECLINED':
      if (outcome.declineCode === 'ACQUIRER_MAINTENANCE') return 'ACQUIRER_FAULT';
      return outcome.declineCode === 'ACQUIRER_REJECTED' ? 'CONTRACT_FAULT' : 'WELL';
  }
}
