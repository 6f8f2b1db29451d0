import { inicis } from './conformance/fixtures/inicis';
import { conformance } from './conformance/suite';

conformance(inicis);
