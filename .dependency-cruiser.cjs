// Imports run downwards only (docs: the layers). Each rule says what may not be reached from where.
const floor = '^src/(sse|stage|defects|errors)/'
const core = '^src/(sse|stage|defects|errors|messages|responses|chat|fetch)/|^src/[^/]+\\.ts$'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle that is broken by an import of types alone exists for the compiler only.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-orphans',
      comment: 'A source file that nothing imports and that imports nothing is forgotten.',
      severity: 'error',
      from: { orphan: true, path: '^src/' },
      to: {},
    },
    {
      name: 'floor-knows-no-protocol',
      comment: 'sse, stage, defects and errors serve three protocols and know nothing of any.',
      severity: 'error',
      from: { path: floor },
      to: { path: '^src/', pathNot: floor },
    },
    {
      name: 'protocols-stand-alone',
      comment: 'A protocol imports itself and the floor: never another protocol, never what is above.',
      severity: 'error',
      from: { path: '^src/(messages|responses|chat)/' },
      to: { path: '^src/', pathNot: [floor, '^src/$1/'] },
    },
    {
      name: 'fetch-on-top-of-the-protocols',
      comment:
        'The stages, the protocols and what joins them know of no HTTP: only the root re-exports the fetch wrapper.',
      severity: 'error',
      from: { path: core, pathNot: '^src/(fetch/|index\\.ts$)' },
      to: { path: '^src/fetch/' },
    },
    {
      name: 'core-below-its-users',
      comment: 'The core does not know the schemas, the replay or the command.',
      severity: 'error',
      from: { path: core },
      to: { path: '^src/(schemas|replay|cli)/' },
    },
    {
      name: 'core-without-prose',
      comment:
        'What is told about each code is for the command and the docs; the core takes the union of the codes from it.',
      severity: 'error',
      from: { path: core, pathNot: '^src/defects/(registry\\.ts|prose/)' },
      to: { path: '^src/defects/(registry\\.ts|prose/)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'schemas-take-types-only',
      comment: 'A schema describes the types of the protocols and runs none of their code.',
      severity: 'error',
      from: { path: '^src/schemas/' },
      to: { path: '^src/', pathNot: '^src/schemas/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'replay-below-cli',
      severity: 'error',
      from: { path: '^src/replay/' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'core-is-web-standard',
      comment: 'The core runs in browsers and on edge runtimes: no module of Node in it.',
      severity: 'error',
      from: { path: [core, '^src/schemas/'] },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'core-has-one-dependency',
      comment: 'eventsource-parser is the only package that the core may import; zod stays in schemas.',
      severity: 'error',
      from: { path: core },
      to: { path: 'node_modules/', pathNot: 'node_modules/eventsource-parser/' },
    },
    {
      name: 'schemas-have-zod-only',
      severity: 'error',
      from: { path: '^src/schemas/' },
      to: { path: 'node_modules/', pathNot: 'node_modules/zod/' },
    },
    {
      name: 'parser-in-sse-only',
      comment: 'One place knows the parser, so that its majors can differ in one place.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/sse/' },
      to: { path: 'node_modules/eventsource-parser' },
    },
    {
      name: 'src-without-tests',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench|scripts)/' },
    },
    {
      name: 'oracle-shares-no-code',
      comment: 'A machine that checks itself can be wrong twice alike.',
      severity: 'error',
      from: { path: '^test/oracle/' },
      to: { path: '^src/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^test/package/consumer' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
}
