import { describe, expectTypeOf, it } from 'vitest'
import type { z } from 'zod'
import type * as hand from '../../src/messages/types/events.js'
import type * as zod from '../../src/schemas/index.js'
import type * as blocks from '../../src/schemas/messages/blocks.js'
import type * as deltas from '../../src/schemas/messages/deltas.js'
import type * as events from '../../src/schemas/messages/events.js'
import type * as message from '../../src/schemas/messages/message.js'

type Schemas = typeof zod
type Infer<Name extends keyof Schemas> = Schemas[Name] extends z.ZodType ? z.infer<Schemas[Name]> : never

describe('each type written by hand is the one inferred from its schema', () => {
  it('for the events', () => {
    expectTypeOf<Infer<'messageStartEvent'>>().toEqualTypeOf<hand.MessageStartEvent>()
    expectTypeOf<Infer<'contentBlockStartEvent'>>().toEqualTypeOf<hand.ContentBlockStartEvent>()
    expectTypeOf<Infer<'contentBlockDeltaEvent'>>().toEqualTypeOf<hand.ContentBlockDeltaEvent>()
    expectTypeOf<Infer<'contentBlockStopEvent'>>().toEqualTypeOf<hand.ContentBlockStopEvent>()
    expectTypeOf<Infer<'messageDelta'>>().toEqualTypeOf<hand.MessageDelta>()
    expectTypeOf<Infer<'messageDeltaEvent'>>().toEqualTypeOf<hand.MessageDeltaEvent>()
    expectTypeOf<Infer<'messageStopEvent'>>().toEqualTypeOf<hand.MessageStopEvent>()
    expectTypeOf<Infer<'pingEvent'>>().toEqualTypeOf<hand.PingEvent>()
    expectTypeOf<Infer<'errorType'>>().toEqualTypeOf<hand.ErrorType>()
    expectTypeOf<Infer<'errorDetail'>>().toEqualTypeOf<hand.ErrorDetail>()
    expectTypeOf<Infer<'errorEvent'>>().toEqualTypeOf<hand.ErrorEvent>()
    expectTypeOf<Infer<'unknownEvent'>>().toEqualTypeOf<hand.UnknownEvent>()
    expectTypeOf<Infer<'messagesEvent'>>().toEqualTypeOf<hand.MessagesEvent>()
  })

  it('for the message and its usage', () => {
    expectTypeOf<Infer<'message'>>().toEqualTypeOf<hand.Message>()
    expectTypeOf<Infer<'stopReason'>>().toEqualTypeOf<hand.StopReason>()
    expectTypeOf<Infer<'usage'>>().toEqualTypeOf<hand.Usage>()
    expectTypeOf<Infer<'messageDeltaUsage'>>().toEqualTypeOf<hand.MessageDeltaUsage>()
  })

  it('for the blocks', () => {
    expectTypeOf<Infer<'textBlock'>>().toEqualTypeOf<hand.TextBlock>()
    expectTypeOf<Infer<'thinkingBlock'>>().toEqualTypeOf<hand.ThinkingBlock>()
    expectTypeOf<Infer<'redactedThinkingBlock'>>().toEqualTypeOf<hand.RedactedThinkingBlock>()
    expectTypeOf<Infer<'toolUseBlock'>>().toEqualTypeOf<hand.ToolUseBlock>()
    expectTypeOf<Infer<'serverToolUseBlock'>>().toEqualTypeOf<hand.ServerToolUseBlock>()
    expectTypeOf<Infer<'mcpToolUseBlock'>>().toEqualTypeOf<hand.McpToolUseBlock>()
    expectTypeOf<Infer<'webSearchToolResultBlock'>>().toEqualTypeOf<hand.WebSearchToolResultBlock>()
    expectTypeOf<Infer<'webFetchToolResultBlock'>>().toEqualTypeOf<hand.WebFetchToolResultBlock>()
    expectTypeOf<Infer<'codeExecutionToolResultBlock'>>().toEqualTypeOf<hand.CodeExecutionToolResultBlock>()
    expectTypeOf<Infer<'bashCodeExecutionToolResultBlock'>>().toEqualTypeOf<hand.BashCodeExecutionToolResultBlock>()
    expectTypeOf<
      Infer<'textEditorCodeExecutionToolResultBlock'>
    >().toEqualTypeOf<hand.TextEditorCodeExecutionToolResultBlock>()
    expectTypeOf<Infer<'toolSearchToolResultBlock'>>().toEqualTypeOf<hand.ToolSearchToolResultBlock>()
    expectTypeOf<Infer<'advisorToolResultBlock'>>().toEqualTypeOf<hand.AdvisorToolResultBlock>()
    expectTypeOf<Infer<'mcpToolResultBlock'>>().toEqualTypeOf<hand.McpToolResultBlock>()
    expectTypeOf<Infer<'containerUploadBlock'>>().toEqualTypeOf<hand.ContainerUploadBlock>()
    expectTypeOf<Infer<'fallbackBlock'>>().toEqualTypeOf<hand.FallbackBlock>()
    expectTypeOf<Infer<'fallbackModel'>>().toEqualTypeOf<hand.FallbackModel>()
    expectTypeOf<Infer<'fallbackTrigger'>>().toEqualTypeOf<hand.FallbackTrigger>()
    expectTypeOf<Infer<'mcpToolListingBlock'>>().toEqualTypeOf<hand.McpToolListingBlock>()
    expectTypeOf<Infer<'compactionBlock'>>().toEqualTypeOf<hand.CompactionBlock>()
    expectTypeOf<Infer<'unknownBlock'>>().toEqualTypeOf<hand.UnknownBlock>()
    expectTypeOf<Infer<'contentBlock'>>().toEqualTypeOf<hand.ContentBlock>()
    expectTypeOf<Infer<'citation'>>().toEqualTypeOf<hand.Citation>()
    expectTypeOf<Infer<'caller'>>().toEqualTypeOf<hand.Caller>()
    expectTypeOf<Infer<'toolResultContent'>>().toEqualTypeOf<hand.ToolResultContent>()
  })

  it('for the deltas', () => {
    expectTypeOf<Infer<'textDelta'>>().toEqualTypeOf<hand.TextDelta>()
    expectTypeOf<Infer<'citationsDelta'>>().toEqualTypeOf<hand.CitationsDelta>()
    expectTypeOf<Infer<'thinkingDelta'>>().toEqualTypeOf<hand.ThinkingDelta>()
    expectTypeOf<Infer<'signatureDelta'>>().toEqualTypeOf<hand.SignatureDelta>()
    expectTypeOf<Infer<'inputJsonDelta'>>().toEqualTypeOf<hand.InputJsonDelta>()
    expectTypeOf<Infer<'compactionDelta'>>().toEqualTypeOf<hand.CompactionDelta>()
    expectTypeOf<Infer<'unknownDelta'>>().toEqualTypeOf<hand.UnknownDelta>()
    expectTypeOf<Infer<'contentDelta'>>().toEqualTypeOf<hand.ContentDelta>()
  })

  it('and no schema is left out of this page', () => {
    // Whoever adds a schema meets this list, and with it the need for a hand-written twin.
    type Own = typeof blocks & typeof deltas & typeof events & typeof message
    type Single = {
      [Name in keyof Own]: Own[Name] extends z.ZodType ? Name : never
    }[keyof Own]
    type Suffix<Name> = Name extends `${string}${'Event' | 'Block' | 'Delta'}` ? never : Name
    expectTypeOf<Suffix<Single>>().toEqualTypeOf<
      | 'errorType'
      | 'errorDetail'
      | 'message'
      | 'stopReason'
      | 'usage'
      | 'messageDeltaUsage'
      | 'fallbackModel'
      | 'fallbackTrigger'
      | 'citation'
      | 'caller'
      | 'toolResultContent'
    >()
  })
})

describe('the two tables of types', () => {
  type Table = Schemas['messagesSchemas']

  it('name the same events, blocks and deltas', () => {
    expectTypeOf<keyof Table['event']>().toEqualTypeOf<hand.KnownMessagesEvent['type']>()
    expectTypeOf<keyof Table['block']>().toEqualTypeOf<hand.KnownContentBlock['type']>()
    expectTypeOf<keyof Table['delta']>().toEqualTypeOf<hand.KnownContentDelta['type']>()
  })

  it('infer the unions that the schemas of the unions are declared with', () => {
    type Members<Family> = Family[keyof Family] extends z.ZodType ? z.infer<Family[keyof Family]> : never
    expectTypeOf<Members<Table['event']>>().toEqualTypeOf<hand.KnownMessagesEvent>()
    expectTypeOf<Members<Table['block']>>().toEqualTypeOf<hand.KnownContentBlock>()
    expectTypeOf<Members<Table['delta']>>().toEqualTypeOf<hand.KnownContentDelta>()
  })

  it('have each schema under its own type', () => {
    type Misplaced<Family> = {
      [Type in keyof Family]: Family[Type] extends z.ZodType<{ type: Type }> ? never : Type
    }[keyof Family]
    expectTypeOf<Misplaced<Table['event']>>().toBeNever()
    expectTypeOf<Misplaced<Table['block']>>().toBeNever()
    expectTypeOf<Misplaced<Table['delta']>>().toBeNever()
  })
})

describe('a reader of the types', () => {
  it('narrows an event, its block and its delta by type although unknown ones are part of the unions', () => {
    const read = (event: hand.MessagesEvent): string => {
      switch (event.type) {
        case 'message_start':
          expectTypeOf(event).toEqualTypeOf<hand.MessageStartEvent>()
          return event.message.id
        case 'content_block_start':
          return event.content_block.type === 'tool_use' ? event.content_block.name : ''
        case 'content_block_delta':
          if (event.delta.type !== 'text_delta') return ''
          expectTypeOf(event.delta).toEqualTypeOf<hand.TextDelta>()
          return event.delta.text
        case 'message_delta':
        case 'message_stop':
        case 'content_block_stop':
        case 'ping':
        case 'error':
          return event.type
        default:
          expectTypeOf(event).toEqualTypeOf<hand.UnknownEvent>()
          return event.type
      }
    }
    expectTypeOf(read).returns.toEqualTypeOf<string>()
  })

  it('sees fields that are not declared as unknown', () => {
    expectTypeOf<hand.PingEvent['later']>().toEqualTypeOf<unknown>()
  })

  it('may write a reason that nobody knows yet, and keeps the literals of the others', () => {
    expectTypeOf<'some_later_reason'>().toExtend<hand.StopReason>()
    expectTypeOf<hand.StopReason>().not.toEqualTypeOf<string>()
  })

  it('cannot pass a known type off as an unknown one', () => {
    expectTypeOf<'text_delta'>().not.toExtend<hand.UnknownType>()
    // @ts-expect-error a text delta needs its text
    const delta: hand.ContentDelta = { type: 'text_delta' }
    expectTypeOf(delta).toExtend<hand.ContentDelta>()
  })
})
