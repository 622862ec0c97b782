import { describe, expectTypeOf, it } from 'vitest'
import type { z } from 'zod'
import type * as hand from '../../../src/responses/types/events.js'
import type * as zod from '../../../src/schemas/index.js'
import type * as blocks from '../../../src/schemas/messages/blocks.js'
import type * as deltas from '../../../src/schemas/messages/deltas.js'
import type * as events from '../../../src/schemas/messages/events.js'
import type * as message from '../../../src/schemas/messages/message.js'
import type { ChatSchemas } from '../chat/modules.js'

type Schemas = typeof zod
type Infer<Name extends keyof Schemas> = Schemas[Name] extends z.ZodType ? z.infer<Schemas[Name]> : never
type Table = Schemas['responsesSchemas']

/** What each schema of a family infers, and what is written by hand for the same type. */
type Inferred<Family> = {
  -readonly [Type in keyof Family]: Family[Type] extends z.ZodType ? z.infer<Family[Type]> : never
}
type Written<Known extends { type: string }> = { [Type in Known['type']]: Extract<Known, { type: Type }> }

describe('each type of a response written by hand is the one inferred from its schema', () => {
  it('for the events', () => {
    expectTypeOf<Inferred<Table['event']>>().toEqualTypeOf<Written<hand.KnownResponsesEvent>>()
    expectTypeOf<Infer<'unknownResponsesEvent'>>().toEqualTypeOf<hand.UnknownResponsesEvent>()
    expectTypeOf<Infer<'responsesEvent'>>().toEqualTypeOf<hand.ResponsesEvent>()
    expectTypeOf<Infer<'responseErrorDetail'>>().toEqualTypeOf<hand.ResponseErrorDetail>()
    expectTypeOf<Infer<'shellOutputDelta'>>().toEqualTypeOf<hand.ShellOutputDelta>()
  })

  it('for the items', () => {
    expectTypeOf<Inferred<Table['item']>>().toEqualTypeOf<Written<hand.KnownOutputItem>>()
    expectTypeOf<Infer<'unknownItem'>>().toEqualTypeOf<hand.UnknownItem>()
    expectTypeOf<Infer<'outputItem'>>().toEqualTypeOf<hand.OutputItem>()
    expectTypeOf<Infer<'itemStatus'>>().toEqualTypeOf<hand.ItemStatus>()
    expectTypeOf<Infer<'toolCaller'>>().toEqualTypeOf<hand.ToolCaller>()
    expectTypeOf<Infer<'toolOutput'>>().toEqualTypeOf<hand.ToolOutput>()
  })

  it('for what tools take and give', () => {
    expectTypeOf<Infer<'webSearchAction'>>().toEqualTypeOf<hand.WebSearchAction>()
    expectTypeOf<Infer<'computerAction'>>().toEqualTypeOf<hand.ComputerAction>()
    expectTypeOf<Infer<'computerScreenshot'>>().toEqualTypeOf<hand.ComputerScreenshot>()
    expectTypeOf<Infer<'localShellAction'>>().toEqualTypeOf<hand.LocalShellAction>()
    expectTypeOf<Infer<'shellAction'>>().toEqualTypeOf<hand.ShellAction>()
    expectTypeOf<Infer<'shellOutcome'>>().toEqualTypeOf<hand.ShellOutcome>()
    expectTypeOf<Infer<'shellOutput'>>().toEqualTypeOf<hand.ShellOutput>()
    expectTypeOf<Infer<'applyPatchOperation'>>().toEqualTypeOf<hand.ApplyPatchOperation>()
  })

  it('for the parts and annotations', () => {
    expectTypeOf<Inferred<Table['part']>>().toEqualTypeOf<Written<hand.KnownPart>>()
    expectTypeOf<Infer<'unknownPart'>>().toEqualTypeOf<hand.UnknownPart>()
    expectTypeOf<Infer<'contentPart'>>().toEqualTypeOf<hand.ContentPart>()
    expectTypeOf<Infer<'messagePart'>>().toEqualTypeOf<hand.MessagePart>()
    expectTypeOf<Infer<'reasoningPart'>>().toEqualTypeOf<hand.ReasoningPart>()
    expectTypeOf<Infer<'summaryPart'>>().toEqualTypeOf<hand.SummaryPart>()
    expectTypeOf<Inferred<Table['annotation']>>().toEqualTypeOf<Written<hand.KnownAnnotation>>()
    expectTypeOf<Infer<'unknownAnnotation'>>().toEqualTypeOf<hand.UnknownAnnotation>()
    expectTypeOf<Infer<'annotation'>>().toEqualTypeOf<hand.Annotation>()
    expectTypeOf<Infer<'logprob'>>().toEqualTypeOf<hand.Logprob>()
    expectTypeOf<Infer<'topLogprob'>>().toEqualTypeOf<hand.TopLogprob>()
  })

  it('for the snapshot, its usage and its error', () => {
    expectTypeOf<Infer<'responseSnapshot'>>().toEqualTypeOf<hand.ResponseSnapshot>()
    expectTypeOf<Infer<'failedResponse'>>().toEqualTypeOf<hand.FailedResponse>()
    expectTypeOf<Infer<'responseStatus'>>().toEqualTypeOf<hand.ResponseStatus>()
    expectTypeOf<Infer<'responseUsage'>>().toEqualTypeOf<hand.ResponseUsage>()
    expectTypeOf<Infer<'inputTokensDetails'>>().toEqualTypeOf<hand.InputTokensDetails>()
    expectTypeOf<Infer<'outputTokensDetails'>>().toEqualTypeOf<hand.OutputTokensDetails>()
    expectTypeOf<Infer<'responseError'>>().toEqualTypeOf<hand.ResponseError>()
    expectTypeOf<Infer<'responseErrorCode'>>().toEqualTypeOf<hand.ResponseErrorCode>()
    expectTypeOf<Infer<'incompleteDetails'>>().toEqualTypeOf<hand.IncompleteDetails>()
  })

  it('and no schema of a response is left out of this page', () => {
    // The tables above hold what ends in one of the four words; whatever else is added has to join this list.
    type Theirs =
      | keyof typeof blocks
      | keyof typeof deltas
      | keyof typeof events
      | keyof typeof message
      | keyof ChatSchemas
    type Own = Exclude<keyof Schemas, Theirs>
    type Single = { [Name in Own]: Schemas[Name] extends z.ZodType ? Name : never }[Own]
    type Suffix<Name> = Name extends `${string}${'Event' | 'Item' | 'Part' | 'Annotation'}` ? never : Name
    expectTypeOf<Suffix<Single>>().toEqualTypeOf<
      | 'annotation'
      | 'applyPatchOperation'
      | 'computerAction'
      | 'computerScreenshot'
      | 'failedResponse'
      | 'incompleteDetails'
      | 'inputTokensDetails'
      | 'itemStatus'
      | 'localShellAction'
      | 'logprob'
      | 'outputTokensDetails'
      | 'responseError'
      | 'responseErrorCode'
      | 'responseErrorDetail'
      | 'responseSnapshot'
      | 'responseStatus'
      | 'responseUsage'
      | 'shellAction'
      | 'shellOutcome'
      | 'shellOutput'
      | 'shellOutputDelta'
      | 'toolCaller'
      | 'toolOutput'
      | 'topLogprob'
      | 'webSearchAction'
    >()
  })
})

describe('the tables of the schemas of a response', () => {
  it('have each schema under its own type', () => {
    type Misplaced<Family> = {
      [Type in keyof Family]: Family[Type] extends z.ZodType<{ type: Type }> ? never : Type
    }[keyof Family]
    expectTypeOf<Misplaced<Table['event']>>().toBeNever()
    expectTypeOf<Misplaced<Table['item']>>().toBeNever()
    expectTypeOf<Misplaced<Table['part']>>().toBeNever()
    expectTypeOf<Misplaced<Table['annotation']>>().toBeNever()
  })
})

describe('a reader of the types of a response', () => {
  it('narrows an event, its item and its part by type although unknown ones are part of the unions', () => {
    const read = (event: hand.ResponsesEvent): string => {
      switch (event.type) {
        case 'response.completed':
          expectTypeOf(event).toEqualTypeOf<hand.ResponseCompletedEvent>()
          expectTypeOf(event.response.status).toEqualTypeOf<'completed'>()
          return event.response.id
        case 'response.failed':
          return event.response.error.message
        case 'response.output_item.added':
          if (event.item.type !== 'function_call') return ''
          expectTypeOf(event.item).toEqualTypeOf<hand.FunctionCallItem>()
          return event.item.arguments
        case 'response.content_part.added':
          return event.part.type === 'output_text' ? event.part.text : ''
        case 'response.output_text.delta':
          expectTypeOf(event).toEqualTypeOf<hand.ResponseOutputTextDeltaEvent>()
          return event.delta
        case 'keepalive':
          expectTypeOf(event).toEqualTypeOf<hand.KeepaliveEvent>()
          return ''
        default:
          return ''
      }
    }
    expectTypeOf(read).returns.toEqualTypeOf<string>()
  })

  it('cannot pass a known type off as an unknown one', () => {
    expectTypeOf<'output_text'>().not.toExtend<hand.UnknownType>()
    // @ts-expect-error a refusal needs its words
    const part: hand.ContentPart = { type: 'refusal' }
    expectTypeOf(part).toExtend<hand.ContentPart>()
  })
})
