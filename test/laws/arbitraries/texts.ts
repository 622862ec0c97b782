import fc from 'fast-check'

/** Text that has gone wrong somewhere before: line ends, frames inside text, JSON inside text, non-ASCII, nothing. */
const phrases = [
  'Hello',
  ' world',
  '\n',
  ' ',
  '',
  'naïve café',
  '北京',
  '🌍 👩‍👩‍👧',
  '\u2028 \u2029 \u0085',
  '"quoted" \\ back\\\\slash',
  '{"type":"message_stop"}',
  'data: not a frame\n\nevent: error\ndata: {}',
  '[DONE]',
  'null',
  '</script>\r\n',
  '\u0000\u001f\u007f',
  '}{',
  '\ufeff',
]

/** One piece of text as a delta carries it. */
export const texts: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: fc.constantFrom(...phrases), weight: 4 },
  { arbitrary: fc.string({ unit: 'binary', maxLength: 8 }), weight: 1 },
)

/** Gives each stretch of content a number and the mark of law 10, so that what is lost or doubled can be told apart. */
export type Tag = (text: string) => string

/** A new count. White space stays what it is. */
export function tags(mark: string): Tag {
  let count = 0
  return (text) => {
    count += 1
    return text.trim() === '' ? text : `${text}#${count}#${mark}`
  }
}

/** Cuts a text at given places; half an escape or half an emoji may stand at the end of a fragment. */
export function cutText(whole: string, cuts: readonly number[]): string[] {
  const places = [...new Set(cuts.map((place) => place % (whole.length + 1)))].sort((one, other) => one - other)
  return [0, ...places].map((from, number) => whole.slice(from, places[number] ?? whole.length))
}
