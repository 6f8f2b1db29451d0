import { __name__ } from './conformance/fixtures/__name__';
import { conformance } from './conformance/suite';

conformance(__name__);
