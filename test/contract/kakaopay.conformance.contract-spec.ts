import { kakaopay } from './conformance/fixtures/kakaopay';
import { conformance } from './conformance/suite';

conformance(kakaopay);
