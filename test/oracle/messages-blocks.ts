/** The rules about content blocks: AN-4 to AN-8, AN-11, AN-15, AN-22, D-1, D-29 and the fields of §2.2. */
import {
  CALL_TYPES,
  contentOfStart,
  deltaFits,
  isKnownBlock,
  isKnownDelta,
  judgeBlockFields,
  judgeDeltaFields,
} from './messages-shapes.js'
import { isObject, type JsonObject, type JudgedBlock, type JudgedTool, type Ledger } from './verdict.js'

/** A block while it is being read. */
interface Block extends JudgedBlock {
  text: string
  thinking: string
  signature: string
  arguments: string
  readonly citations: unknown[]
  readonly deltas: unknown[]
  closed: boolean
}

/** The block an orphan delta was probably meant for. */
const HOME_OF_DELTA: ReadonlyMap<string, string> = new Map([
  ['text_delta', 'text'],
  ['citations_delta', 'text'],
  ['thinking_delta', 'thinking'],
  ['signature_delta', 'thinking'],
  ['input_json_delta', 'tool_use'],
])

/** The content blocks of one message. */
export interface Blocks {
  /** AN-5: indices begin after the content that `message_start` already holds. */
  begin(prefilled: readonly unknown[], frame: number): void
  onStart(event: JsonObject, frame: number): void
  onDelta(event: JsonObject, frame: number): void
  onStop(event: JsonObject, frame: number): void
  /** Blocks that came as events (prefilled ones are not among them). */
  readonly streamed: readonly JudgedBlock[]
  /** All blocks, prefilled ones first. */
  readonly all: readonly JudgedBlock[]
}

export function createBlocks(ledger: Ledger): Blocks {
  const prefilled: Block[] = []
  const streamed: Block[] = []
  // Keyed by whatever the stream calls an index, so that a wrong one still leads its deltas to its start.
  const byIndex = new Map<unknown, Block>()
  const callIds = new Set<string>()
  let next = 0
  let openNow = 0

  /** AN-22: the ids of calls are unique within the message. */
  const judgeCallId = (block: Block, frame: number): void => {
    const id = block.start['id']
    if (!CALL_TYPES.has(block.type) || typeof id !== 'string') return
    if (callIds.has(id)) ledger.should('AN-22', frame, 'two calls of the message have the same id')
    callIds.add(id)
  }

  /** AN-5: contiguous from the length of the prefilled content, never reused, never negative. */
  const judgeIndex = (index: unknown, frame: number): void => {
    // A value that is no integer has been reported as a field; it takes the next place.
    if (typeof index !== 'number' || !Number.isInteger(index)) {
      next++
      return
    }
    if (index !== next) ledger.must('AN-5', frame, `the block has index ${index}, its place is ${next}`)
    // Going on from what was sent reports a gap once and not for every block behind it.
    next = Math.max(next, index + 1)
  }

  /** D-1: clients that reset a block at its start lose text, thinking and signature that came with it. */
  const judgeStartContent = (type: string, start: JsonObject, frame: number): void => {
    for (const name of contentOfStart(type, start)) {
      ledger.must('D-1', frame, `${type} block: ${name} is not empty in its start`)
    }
    // D-29: a whole input in the start is legal for server tools and for calls with a `caller` (FINDINGS A2).
    if (type === 'tool_use' && start['caller'] === undefined && hasKeys(start['input'])) {
      ledger.must('D-29', frame, 'tool_use block: the input is in the start')
    }
  }

  return {
    get streamed() {
      return streamed
    },
    get all() {
      return [...prefilled, ...streamed]
    },

    begin(content, frame) {
      next = content.length
      for (const entry of content) {
        const start = isObject(entry) ? entry : {}
        const block = openBlock(start, typeOf(start) ?? '', true)
        block.text = stringAt(start, 'text')
        block.thinking = stringAt(start, 'thinking')
        block.signature = stringAt(start, 'signature')
        block.closed = true
        prefilled.push(block)
        judgeBlockFields(block.type, start, frame, ledger)
        judgeCallId(block, frame)
      }
    },

    onStart(event, frame) {
      judgeIndex(event['index'], frame)
      // AN-6: one block open at a time.
      if (openNow > 0) ledger.must('AN-6', frame, 'a block starts while another is open')
      openNow++
      // A missing content_block has been reported as a field; its deltas and its stop are not orphans for that.
      const start = isObject(event['content_block']) ? event['content_block'] : {}
      const type = typeOf(start)
      if (type === undefined) {
        if (isObject(event['content_block'])) ledger.must('2.2', frame, 'the content_block has no type')
      } else if (isKnownBlock(type)) judgeBlockFields(type, start, frame, ledger)
      else ledger.passAsNewer(`block ${type}`)

      const block = openBlock(start, type ?? '', true)
      judgeStartContent(block.type, start, frame)
      judgeCallId(block, frame)
      if (isKnownBlock(block.type)) {
        block.text = stringAt(start, 'text')
        block.thinking = stringAt(start, 'thinking')
        block.signature = stringAt(start, 'signature')
      }
      streamed.push(block)
      byIndex.set(event['index'], block)
    },

    onDelta(event, frame) {
      const delta = event['delta']
      if (!isObject(delta)) return
      const type = typeOf(delta)
      if (type === undefined) ledger.must('2.2', frame, 'the delta has no type')
      else if (isKnownDelta(type)) judgeDeltaFields(type, delta, frame, ledger)
      else ledger.passAsNewer(`delta ${type}`)

      let block = byIndex.get(event['index'])
      if (block === undefined) {
        const home = HOME_OF_DELTA.get(type ?? '') ?? ''
        block = openBlock({ type: home }, home, false)
        streamed.push(block)
        byIndex.set(event['index'], block)
      }
      // AN-4: a delta names an open block. AN-8: none after the block's stop.
      if (!block.started) ledger.must('AN-4', frame, 'a delta for a block that never started')
      else if (block.closed) ledger.must('AN-8', frame, 'a delta for a block that was stopped')
      // §2.2: a delta that does not fit is lost without a word in Anthropic's own client.
      else if (type !== undefined && !deltaFits(block.type, type)) {
        ledger.must('2.2', frame, `a ${type} in a ${block.type} block`)
      }
      // D-1: every client overlooks a signature that rides on the thinking.
      if (type === 'thinking_delta' && stringAt(delta, 'signature') !== '') {
        ledger.must('D-1', frame, 'a thinking_delta carries a signature')
      }
      append(block, type, delta)
    },

    onStop(event, frame) {
      const block = byIndex.get(event['index'])
      // AN-4: a stop names an open block; a second stop makes some clients run the tool twice.
      if (block === undefined || !block.started) {
        ledger.must('AN-4', frame, 'a stop for a block that never started')
      } else if (block.closed) {
        ledger.must('AN-4', frame, 'a second stop for a block')
      }
      if (block === undefined || block.closed) return
      block.closed = true
      if (block.started) openNow--
    },
  }
}

/** The calls among the blocks. A start's input counts where no fragment came (deltas win, D-29). */
export function toolsOf(blocks: readonly JudgedBlock[]): JudgedTool[] {
  return blocks
    .filter((block) => CALL_TYPES.has(block.type))
    .map(({ start, arguments: joined }) => ({
      id: stringAt(start, 'id'),
      name: stringAt(start, 'name'),
      arguments: joined === '' && hasKeys(start['input']) ? JSON.stringify(start['input']) : joined,
    }))
}

function openBlock(start: JsonObject, type: string, started: boolean): Block {
  const empty = { text: '', thinking: '', signature: '', arguments: '', closed: false }
  return { ...empty, type, start, started, citations: [], deltas: [] }
}

function append(block: Block, type: string | undefined, delta: JsonObject): void {
  if (type === 'text_delta') block.text += stringAt(delta, 'text')
  else if (type === 'thinking_delta') block.thinking += stringAt(delta, 'thinking')
  else if (type === 'signature_delta') block.signature += stringAt(delta, 'signature')
  else if (type === 'input_json_delta') block.arguments += stringAt(delta, 'partial_json')
  else if (type === 'citations_delta') block.citations.push(delta['citation'])
  else block.deltas.push(delta)
}

const typeOf = (value: JsonObject): string | undefined =>
  typeof value['type'] === 'string' && value['type'] !== '' ? value['type'] : undefined

const stringAt = (value: JsonObject, name: string): string => {
  const found = value[name]
  return typeof found === 'string' ? found : ''
}

const hasKeys = (value: unknown): boolean => isObject(value) && Object.keys(value).length > 0
