import junit, { type Builder } from 'junit-report-builder'

/**
 * A fresh JUnit builder. The package's types speak of an ES module with a default export; what Node and the bundler load
 * is CommonJS whose `module.exports` is the builder itself.
 *
 * @internal
 */
export function junitBuilder(): Builder {
  return (junit as unknown as Builder).newBuilder()
}
