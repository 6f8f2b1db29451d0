const COLUMNS = [
  ['merchant system', null, true],
  ['operator', 'O', true],
  ['agency', 'A', true],
  ['merchant, owner', 'R', true],
  ['merchant, staff', 'R', false],
  ['branch, owner', 'B', true],
  ['branch, staff', 'B', false],
];

const HEAD = `# Who may call what

Made by \`npm run authorization\` from \`test/support/authorization/rules.ts\`. \`test/e2e/authorization-matrix\` asks the
gateway about every line, for every caller, with what is theirs, what is others' and what does not exist.

- **yes**: all of it. **own**: what belongs to the caller's merchant, branch or agency, or is meant for its role; everything
  else answers 404, like what does not exist. **403**: never, whatever it is about.
- Merchant systems need the scope that is named; a secret key holds them all. Without credentials the answer is 401, but where
  **anybody** may call: such an operation looks at no credentials, or shows what they allow. A payer's link, a branch's
  invitation and a checkout's token are proof by themselves, also for \`POST /v1/checkouts/{checkoutId}/fail\`.
- Agencies see the merchants that they and the agencies below them brought in.
- Members whose service application is not approved yet have their own account, application and papers, sellers and
  notices; everything else that is _own_ answers 403. Members of a suspended branch may read, and change only their account.
- Fields: an operation takes and answers the same ones for all who may call it, and refuses every other (docs/openapi.json
  names them). Who may see less has an operation with fields of its own: a payer \`/v1/pay/…\`, anybody
  \`GET /v1/agencies/{agencyCode}\`. What may no longer be changed in some state answers 409.

`;

/** What one kind of caller gets: the text of its cell. */
function cellOf([scope, members, whose], [, letter, isOwner]) {
  const own = whose === 'all' ? 'yes' : 'own';
  if (members === 'P') return letter === 'O' && whose !== 'account' ? 'yes' : own;
  if (letter === null) return scope === null ? '403' : `${own}: \`${scope}\``;
  const named = members.split(' ');
  if (!named.includes(letter) && !(isOwner && named.includes(`${letter}o`))) return '403';
  return letter === 'O' && whose !== 'account' ? 'yes' : own;
}

/** docs/authorization.md, of the rules and the paths of docs/openapi.json. Throws where an operation has no rule. */
export function authorizationPage(rules, { paths }) {
  const lines = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => {
      const rule = rules[operationId];
      if (rule === undefined)
        throw new Error(`${operationId} has no rule in test/support/authorization/rules.ts`);
      const anybody = rule[1] !== 'P' ? '' : rule[2] === 'all' ? 'yes' : 'own';
      const cells = [
        `\`${method.toUpperCase()} ${path}\``,
        anybody,
        ...COLUMNS.map((column) => cellOf(rule, column)),
      ];
      return `| ${cells.join(' | ')} |`;
    }),
  );
  const titles = ['operation', 'anybody', ...COLUMNS.map(([title]) => title)];
  const rows = [`| ${titles.join(' | ')} |`, `|${'---|'.repeat(titles.length)}`, ...lines];
  return `${HEAD}${rows.join('\n')}\n`;
}
