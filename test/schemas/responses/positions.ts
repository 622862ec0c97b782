import type { Sample } from '../samples.js'

type Fields = Readonly<Record<string, unknown>>

/** Whatever is no place in a list. */
const noPlaces = [undefined, null, '0', -1, 0.5, true]

/** Each way to break a field that holds a place. */
export function brokenPlace(field: string): Fields[] {
  return noPlaces.map((value) => ({ [field]: value }))
}

/** Each way to break a field that holds text which may be empty. */
export function brokenText(field: string): Fields[] {
  return [undefined, null, 7, {}, []].map((value) => ({ [field]: value }))
}

/** Each way to break a field that holds an id. */
export function brokenId(field: string): Fields[] {
  return [...brokenText(field), { [field]: '' }]
}

const brokenNumber = [null, '0', -1, 0.5].map((sequence_number) => ({ sequence_number }))

/** An event of the whole response, and of nothing smaller. */
export function ofResponse(fields: Fields, broken: readonly Fields[], valid: readonly Fields[] = []): Sample {
  return {
    minimal: fields,
    valid: [{ ...fields, sequence_number: 0 }, ...valid.map((value) => ({ ...fields, ...value }))],
    broken: [...brokenNumber, ...broken],
  }
}

/** An event of an item. */
export function ofItem(fields: Fields = {}, broken: readonly Fields[] = [], valid: readonly Fields[] = []): Sample {
  const place = { item_id: 'item_a', output_index: 0 }
  return ofResponse({ ...place, ...fields }, [...brokenId('item_id'), ...brokenPlace('output_index'), ...broken], valid)
}

/** An event of a content part. */
export function ofContentPart(fields: Fields, broken: readonly Fields[], valid: readonly Fields[] = []): Sample {
  return ofItem({ content_index: 0, ...fields }, [...brokenPlace('content_index'), ...broken], valid)
}

/** An event of a summary part. */
export function ofSummaryPart(fields: Fields, broken: readonly Fields[], valid: readonly Fields[] = []): Sample {
  return ofItem({ summary_index: 0, ...fields }, [...brokenPlace('summary_index'), ...broken], valid)
}

/** What a delta of text brings, how it breaks, and what it may carry. */
export const aDelta = [
  { delta: '' },
  [...brokenText('delta'), { obfuscation: 7 }],
  [{ obfuscation: 'Xk2' }, { obfuscation: null }],
] as const
