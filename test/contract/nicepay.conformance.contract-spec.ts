import { nicepay } from './conformance/fixtures/nicepay';
import { conformance } from './conformance/suite';

conformance(nicepay);
