import { z } from 'zod'

// What several schemas of this folder are made of. None of it is a schema of the package's own.

/** A place in a list (CH-2, CH-7). */
export const index = z.int().nonnegative()

/** The id of a call, or the name of a tool; an empty one names nothing (CH-8, CH-9). */
export const name = z.string().min(1)

/** A key that what is checked never has; it is what tells its type from the others' in the compiler too. */
export const absent = z.undefined().optional()

/**
 * A union whose members are told apart by more than a `type`: `choose` looks at the object and says whose schema holds.
 *
 * As with `openUnion`, the issues are then those of one schema, at their real paths.
 */
export function chosen<Schema extends z.ZodType>(choose: (value: Readonly<Record<string, unknown>>) => Schema) {
  const union = z.looseObject({}).superRefine((value, context) => {
    for (const issue of choose(value).safeParse(value).error?.issues ?? []) context.addIssue({ ...issue })
  })
  return union as unknown as z.ZodType<z.output<Schema>>
}
