/** The beginning of the deltas that most of every stream consists of: as Anthropic writes them, and as Python does. */
const head =
  /\{"type":(?:"content_block_delta","index":-?\d{1,9},"delta":\{"type":"(?:text_delta","text|thinking_delta","thinking)":"| "content_block_delta", "index": -?\d{1,9}, "delta": \{"type": "(?:text_delta", "text|thinking_delta", "thinking)": ")/y
const compactIndex = '{"type":"content_block_delta","index":'.length
const spacedIndex = '{"type": "content_block_delta", "index": '.length

/**
 * Recognises a text or thinking delta with nothing unusual in it without `JSON.parse`, which is half of what an event costs.
 *
 * What is recognised is valid JSON to the last character; what is not may be anything, and is parsed. The decode stage asks
 * first and the machine asks again about the same frame, so the last answer is kept.
 */
export class PlainDelta {
  #data: string | undefined
  #plain = false
  /** Its index, and where that stands in the data. */
  index = 0
  indexFrom = 0
  indexTo = 0
  family: 'text' | 'thinking' = 'text'
  /** Its text as it stands in the JSON, escapes included. */
  text = ''

  /** Whether the data is such a delta. The fields tell of the last one that was. */
  readonly recognises = (data: string): boolean => {
    if (data === this.#data) return this.#plain
    this.#data = data
    this.#plain = this.#read(data)
    return this.#plain
  }

  #read(data: string): boolean {
    head.lastIndex = 0
    if (!head.test(data)) return false
    const textFrom = head.lastIndex
    const end = stringEnd(data, textFrom)
    if (end === -1 || !closesTwice(data, end + 1)) return false
    const from = data.charCodeAt(8) === 32 ? spacedIndex : compactIndex
    const negative = data.charCodeAt(from) === 45
    const digits = negative ? from + 1 : from
    let index = 0
    let at = digits
    for (let c = data.charCodeAt(at); c >= 48 && c <= 57; c = data.charCodeAt(++at)) index = index * 10 + c - 48
    // A number with a leading zero is no JSON.
    if (data.charCodeAt(digits) === 48 && at > digits + 1) return false
    this.index = negative ? -index : index
    this.indexFrom = from
    this.indexTo = at
    // … "text":" or … "thinking":"
    this.family = data.charCodeAt(data.lastIndexOf(':', textFrom) - 2) === 116 ? 'text' : 'thinking'
    this.text = data.slice(textFrom, end)
    return true
  }
}

/** The position of the quote that ends a JSON string; -1 where the string is no valid JSON. */
function stringEnd(data: string, from: number): number {
  for (let i = from; i < data.length; i++) {
    const c = data.charCodeAt(i)
    if (c === 34) return i
    if (c < 32) return -1
    if (c !== 92) continue
    const escaped = data.charCodeAt(++i)
    if (escaped === 117) {
      for (let hex = 0; hex < 4; hex++) if (!isHex(data.charCodeAt(++i))) return -1
    } else if (!isEscape(escaped)) return -1
  }
  return -1
}

/** Whether nothing follows but two closing braces, with the blanks that Anthropic pads its JSON with. */
function closesTwice(data: string, from: number): boolean {
  if (data.charCodeAt(from) !== 125) return false
  let at = from + 1
  while (data.charCodeAt(at) === 32) at++
  if (data.charCodeAt(at) !== 125) return false
  at++
  while (data.charCodeAt(at) === 32) at++
  return at === data.length
}

function isEscape(c: number): boolean {
  // " \ / b f n r t
  return c === 34 || c === 92 || c === 47 || c === 98 || c === 102 || c === 110 || c === 114 || c === 116
}

function isHex(c: number): boolean {
  return (c >= 48 && c <= 57) || (c >= 65 && c <= 70) || (c >= 97 && c <= 102)
}
