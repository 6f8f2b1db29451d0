import owasp from '@stoplight/spectral-owasp-ruleset';
import { schema } from '@stoplight/spectral-functions';
import { oas } from '@stoplight/spectral-rulesets';

const rule = (name) => owasp.rules[`owasp:${name}`];
const narrowed = (name, ...given) => ({ ...rule(name), given });

/** Operations by what the document itself says of them; that it says so truly is what test/tidy and test/e2e prove. */
const ANY = '$.paths[*][?(@ && @.responses)]';
const PROTECTED = "$.paths[*][?(@ && @.responses && !@['x-public'])]";
const LIMITED = "$.paths[*][?(@ && @.responses && !@['x-unlimited'])]";
const TAKING = '$.paths[*][?(@ && @.responses && (@.requestBody || @.parameters.length > 0))]';
const sent = (condition) => [
  `${ANY}.parameters[*][?(@property === 'schema' && ${condition})]`,
  `${ANY}.requestBody..[?(@ && ${condition})]`,
];
/** A pattern or a format limits the length as well. */
const FREE_TEXT = "@.type === 'string' && !@.pattern && !@.format";

/** What is not here is judged as the judges judge it. A rule that is off, or looks at less, says why. */
export default {
  extends: [oas, owasp],
  rules: {
    // Public operations are named as such (x-public), and docs/authorization.md proves who may call what.
    'owasp:api2:2023-read-restricted': 'off',
    'owasp:api2:2023-write-restricted': 'off',
    'protected-unless-public': {
      message: 'An operation that is not public names who may call it.',
      severity: 'error',
      given: PROTECTED,
      then: {
        field: 'security',
        function: schema,
        functionOptions: { schema: { type: 'array', minItems: 1, not: { contains: { maxProperties: 0 } } } },
      },
    },
    'owasp:api8:2023-define-error-responses-401': narrowed(
      'api8:2023-define-error-responses-401',
      `${PROTECTED}.responses`,
    ),
    // The probes of an orchestrator are never refused (x-unlimited).
    'owasp:api4:2023-rate-limit': narrowed(
      'api4:2023-rate-limit',
      `${LIMITED}.responses[?(@property.match(/^(2|4)/))]`,
    ),
    'owasp:api4:2023-rate-limit-responses-429': narrowed(
      'api4:2023-rate-limit-responses-429',
      `${LIMITED}.responses`,
    ),
    // Where nothing is sent, nothing can be wrong with it.
    'owasp:api8:2023-define-error-validation': narrowed(
      'api8:2023-define-error-validation',
      `${TAKING}.responses`,
    ),
    // An endpoint of a merchant answers webhooks; what it says when it fails is its own.
    'owasp:api8:2023-define-error-responses-500': narrowed(
      'api8:2023-define-error-responses-500',
      `${ANY}.responses`,
    ),
    // What is sent to us is limited; a limit on what we answer would bind us and protect nobody.
    'owasp:api4:2023-string-limit': narrowed('api4:2023-string-limit', ...sent(FREE_TEXT)),
    'owasp:api4:2023-array-limit': narrowed('api4:2023-array-limit', ...sent("@.type === 'array'")),
    // Names, reasons and addresses are free text in any script; ids, days and numbers carry their pattern or format.
    'owasp:api4:2023-string-restricted': 'off',
    // No operation allows another origin: the API is called by servers, and our own pages come from where it is.
    'owasp:api8:2023-define-cors-origin': 'off',
    // An operator is a member: the same token, told apart by role (x-roles), as docs/authorization.md proves.
    'owasp:api5:2023-admin-security-unique': 'off',
    // The contract of the API: the secret key as Basic user name, as payment gateways in Korea have it; OAuth stands beside.
    'owasp:api2:2023-no-http-basic': 'off',
    // Links that people get by text message; single-purpose, short-lived, hashed at rest, never logged.
    'owasp:api2:2023-no-credentials-in-url': 'off',
    // Maps by nature: an acquirer's own names, limited by the checks of that acquirer.
    'owasp:api3:2023-no-additionalProperties': 'off',
    'owasp:api3:2023-constrained-additionalProperties': 'off',
    // KeyInContent and BillingKeyContent are the plaintext of encData: described, never sent as they are.
    'oas3-unused-component': 'off',
  },
};
