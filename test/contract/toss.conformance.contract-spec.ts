import { toss } from './conformance/fixtures/toss';
import { conformance } from './conformance/suite';

conformance(toss);
