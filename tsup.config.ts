import { defineConfig, type Options } from 'tsup'

type Plugin = NonNullable<Options['esbuildPlugins']>[number]

// A bundled CommonJS package asks for Node's modules with `require`, which an ES module does not have: the call becomes an
// import of the same module.
const requireOfNodeBecomesImport: Plugin = {
  name: 'require-of-node-becomes-import',
  setup(build) {
    build.onResolve({ filter: /^(node:)?(assert|events|fs|os|path|child_process|process|util)$/ }, ({ path, kind }) =>
      kind === 'require-call' ? { path: path.replace(/^(node:)?/, 'node:'), namespace: 'required-of-node' } : undefined,
    )
    build.onLoad({ filter: /^node:/, namespace: 'required-of-node' }, ({ path }) => ({
      contents: `import * as required from '${path}'\nmodule.exports = { ...required.default, ...required }`,
    }))
  },
}

const shared: Options = {
  target: 'es2022',
  platform: 'node',
  // The two builds run at once, and each would delete what the other wrote: `npm run build` clears dist before them.
  clean: false,
  removeNodeProtocol: false,
  esbuildPlugins: [requireOfNodeBecomesImport],
}

export default defineConfig([
  {
    ...shared,
    name: 'library',
    entry: {
      index: 'src/index.ts',
      'sse/index': 'src/sse/index.ts',
      'messages/index': 'src/messages/index.ts',
      'responses/index': 'src/responses/index.ts',
      'chat/index': 'src/chat/index.ts',
      'fetch/index': 'src/fetch/index.ts',
      'schemas/index': 'src/schemas/index.ts',
      'replay/index': 'src/replay/index.ts',
    },
    format: ['esm', 'cjs'],
    // Subpaths share chunks, so that a program which imports two of them carries the decoder once.
    splitting: true,
    dts: true,
  },
  {
    ...shared,
    name: 'cli',
    entry: { cli: 'src/cli/main.ts' },
    format: ['esm'],
    // The command's libraries are bundled, so that installing the library installs none of them.
    noExternal: [/^(?!node:|eventsource-parser)/],
    splitting: false,
  },
])
