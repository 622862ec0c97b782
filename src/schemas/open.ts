import { z } from 'zod'
import type { OtherString, UnknownType } from '../sse/open-types.js'

/** An object of which nothing is known but that it is one; arrays are none. */
export const openObject = z.looseObject({})

/** A list of known strings beside which every other string passes as well. */
export function openEnum<const Known extends readonly [string, ...string[]]>(known: Known) {
  return z.union([z.enum(known), z.string<OtherString>()])
}

/** The schemas of a family, by the `type` that each of them is for. */
type Table = Readonly<Record<string, z.ZodType>>

/** What is newer than `known`: an object with another `type`, which `pattern` may narrow to a family of names. */
export function unknownBeside(known: Table, pattern = /./) {
  const isNewer = (type: string) => pattern.test(type) && !Object.hasOwn(known, type)
  // The mark of UnknownType exists for the compiler only, so zod cannot infer it.
  const type = z.string().refine(isNewer, 'Not a type of this protocol, or one that has a schema of its own')
  return z.looseObject({ type: type as unknown as z.ZodType<UnknownType, string> })
}

/**
 * The known members of a family, each checked by its own schema, and what is newer than them.
 *
 * A plain `z.union` would give an object of a known type that fails its schema a second try as an unknown one, and
 * would bury the issue in a list of all alternatives. Here `type` alone decides, and the path of an issue is the real one.
 */
export function openUnion<Known extends Table, Unknown extends z.ZodType>(known: Known, unknown: Unknown) {
  const union = z.looseObject({ type: z.string() }).superRefine((value, context) => {
    const schema = Object.hasOwn(known, value.type) ? known[value.type] : unknown
    const result = (schema ?? unknown).safeParse(value)
    for (const issue of result.error?.issues ?? []) context.addIssue({ ...issue })
  })
  return union as unknown as z.ZodType<z.output<Known[keyof Known]> | z.output<Unknown>>
}
