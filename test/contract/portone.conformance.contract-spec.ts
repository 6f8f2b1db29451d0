import { portone } from './conformance/fixtures/portone';
import { conformance } from './conformance/suite';

conformance(portone);
