/**
 * Packages that ship only ES modules. Jest on Node 20 cannot require them, so they are compiled to CommonJS
 * together with our own TypeScript; production loads them by Node's own require(esm).
 */
const ESM_ONLY = [
  '@nestjs',
  '@hyunbinseo',
  'content-disposition',
  'cookie',
  'jose',
  'ulid',
  'lru-cache',
  'zod',
  'fast-check',
  'pure-rand',
  'postal-mime',
];

const swc = (parser) => [
  '@swc/jest',
  {
    swcrc: false,
    jsc: {
      parser,
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      target: 'es2023',
      keepClassNames: true,
    },
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
  },
];

const base = {
  testEnvironment: 'node',
  moduleFileExtensions: ['js', 'mjs', 'cjs', 'ts', 'json', 'node'],
  transform: {
    '^.+\\.ts$': swc({ syntax: 'typescript', decorators: true }),
    '/node_modules/.+\\.m?js$': swc({ syntax: 'ecmascript' }),
  },
  transformIgnorePatterns: [`/node_modules/(?!(?:${ESM_ONLY.join('|')})/)`],
};

const served = (displayName, folder, suffix) => ({
  ...base,
  displayName,
  setupFilesAfterEnv: ['<rootDir>/test/support/served.setup.ts'],
  roots: [`<rootDir>/test/${folder}`],
  testMatch: [`**/*.${suffix}.ts`],
});

module.exports = {
  testSequencer: '<rootDir>/test/support/longest-first.cjs',
  projects: [
    { ...base, displayName: 'unit', roots: ['<rootDir>/src'], testMatch: ['**/*.spec.ts'] },
    { ...base, displayName: 'tidy', roots: ['<rootDir>/test/tidy'], testMatch: ['**/*.tidy-spec.ts'] },
    served('integration', 'integration', 'int-spec'),
    served('e2e', 'e2e', 'e2e-spec'),
    served('contract', 'contract', 'contract-spec'),
    served('fault', 'fault', 'fault-spec'),
  ],
};
