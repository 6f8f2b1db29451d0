/**
 * The one direction that imports may take. Every rule is an error: a fence that cannot fail is decoration.
 * A new module declares its edges here when it comes.
 */
const edges = {
  audit: [],
  files: ['audit'],
  fees: ['agencies', 'audit'],
  members: ['messaging', 'audit'],
  agencies: ['members', 'audit'],
  branches: ['members', 'audit'],
  notices: ['members', 'files', 'audit'],
  merchants: ['members', 'branches', 'agencies', 'audit'],
  'branch-invitations': ['members', 'branches', 'merchants', 'messaging', 'audit'],
  'service-applications': ['members', 'agencies', 'merchants', 'fees', 'files', 'messaging', 'audit'],
  auth: ['members', 'merchants', 'audit'],
  routing: ['merchants', 'audit'],
  messaging: [],
  points: ['merchants', 'audit'],
  ledger: ['audit'],
  payments: ['merchants', 'routing', 'points', 'ledger', 'audit'],
  billing: ['merchants', 'routing', 'payments', 'audit'],
  'cash-receipts': ['merchants', 'routing', 'payments', 'audit'],
  settlements: ['members', 'branches', 'agencies', 'merchants', 'fees', 'ledger', 'payments', 'audit'],
  reconciliation: ['merchants', 'routing', 'members', 'payments', 'ledger', 'audit'],
  history: ['merchants', 'payments', 'cash-receipts', 'audit'],
  webhooks: ['merchants', 'members', 'payments', 'billing', 'cash-receipts', 'messaging', 'audit'],
  'sms-payments': ['merchants', 'branches', 'payments', 'messaging', 'audit'],
};
const shown = '\\.(module|facade|types|errors|events)\\.ts$';
const rule = (name, from, to) => ({ name, severity: 'error', from, to });

module.exports = {
  forbidden: [
    rule('no-cycle', {}, { circular: true }),
    rule('resolvable', {}, { couldNotResolve: true }),
    rule('no-barrel', {}, { path: '(^|/)index\\.ts$' }),
    rule(
      'common-is-leaf',
      { path: '^src/(common|config)/' },
      { path: '^src/(modules|acquirers|ops|sandbox)/' },
    ),
    rule(
      'port-is-leaf',
      { path: '^src/acquirers/port/' },
      { path: '^src/', pathNot: '^src/(acquirers/port|common)/' },
    ),
    rule(
      'vendor-sees-port',
      { path: '^src/acquirers/(?!port/|shared/)([^/]+)/' },
      {
        path: '^src/(modules|acquirers|ops|sandbox)/',
        pathNot: ['^src/acquirers/(port|shared)/', '^src/acquirers/$1/'],
      },
    ),
    rule(
      'module-sees-port',
      { path: '^src/(modules|ops)/' },
      { path: '^src/acquirers/', pathNot: '^src/acquirers/port/' },
    ),
    rule(
      'module-is-private',
      { path: '^src/modules/([^/]+)/' },
      { path: '^src/modules/', pathNot: ['^src/modules/$1/', shown] },
    ),
    rule(
      'outside-sees-shown',
      { path: '^src/(ops/|app|main|worker)' },
      { path: '^src/modules/', pathNot: shown },
    ),
    rule('thin-controller', { path: '\\.controller\\.ts$' }, { path: '\\.(repository|entity)\\.ts$' }),
    rule(
      'pure-rules',
      { path: '\\.(state|calc|policy)\\.ts$' },
      {
        pathNot: [
          '^src/common/(money|errors|time)/',
          '^src/acquirers/port/.*\\.types\\.ts$',
          '\\.(types|errors|state|calc|policy)\\.ts$',
        ],
      },
    ),
    rule('sandbox-alone', { path: '^src/sandbox/' }, { path: '^src/', pathNot: '^src/(sandbox|common)/' }),
    rule('ship-no-sandbox', { path: '^src/', pathNot: '^src/sandbox/' }, { path: '^src/sandbox/' }),
    rule('src-not-test', { path: '^src/', pathNot: 'spec\\.ts$' }, { path: '^test/|spec\\.ts$' }),
    rule('declare-module', { path: `^src/modules/(?!(${Object.keys(edges).join('|')})/)` }, {}),
    ...Object.entries(edges).map(([module, allowed]) =>
      rule(
        `edges-${module}`,
        { path: `^src/modules/${module}/` },
        { path: '^src/modules/', pathNot: `^src/modules/(${[module, ...allowed].join('|')})/` },
      ),
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    // Packages that name their files in `exports` alone.
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['node', 'import', 'require', 'types', 'default'],
    },
    exclude: { path: '^(node_modules/(?!$))' },
  },
};
