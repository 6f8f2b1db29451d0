import { naverpay } from './conformance/fixtures/naverpay';
import { conformance } from './conformance/suite';

conformance(naverpay);
