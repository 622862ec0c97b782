import { describe, expectTypeOf, it } from 'vitest'
import type { z } from 'zod'
import type * as hand from '../../../src/chat/types/events.js'
import type * as zod from '../../../src/schemas/index.js'
import type { ChatSchemas } from './modules.js'

/** What is written by hand for each schema, by the schema's name. */
interface Written {
  chatEvent: hand.ChatEvent
  chatCompletionChunk: hand.ChatCompletionChunk
  chatFilterChunk: hand.ChatFilterChunk
  chatBareChunk: hand.ChatBareChunk
  chatErrorEvent: hand.ChatErrorEvent
  chatError: hand.ChatError
  chatChoice: hand.ChatChoice
  chatDeltaChoice: hand.ChatDeltaChoice
  chatFilterChoice: hand.ChatFilterChoice
  chatDelta: hand.ChatDelta
  chatAudioDelta: hand.ChatAudioDelta
  finishReason: hand.FinishReason
  chatLogprobs: hand.ChatLogprobs
  chatLogprob: hand.ChatLogprob
  chatTopLogprob: hand.ChatTopLogprob
  chatToolCallDelta: hand.ChatToolCallDelta
  functionToolCallDelta: hand.FunctionToolCallDelta
  functionDelta: hand.FunctionDelta
  customToolCallDelta: hand.CustomToolCallDelta
  customDelta: hand.CustomDelta
  unknownToolCallDelta: hand.UnknownToolCallDelta
  chatToolCall: hand.ChatToolCall
  functionToolCall: hand.FunctionToolCall
  calledFunction: hand.CalledFunction
  customToolCall: hand.CustomToolCall
  calledCustomTool: hand.CalledCustomTool
  unknownToolCall: hand.UnknownToolCall
  chatUsage: hand.ChatUsage
  promptTokensDetails: hand.PromptTokensDetails
  completionTokensDetails: hand.CompletionTokensDetails
  contentFilterResult: hand.ContentFilterResult
  contentFilterResults: hand.ContentFilterResults
  contentFilterOffsets: hand.ContentFilterOffsets
  promptFilterResult: hand.PromptFilterResult
  chatCompletion: hand.ChatCompletion
  chatCompletionChoice: hand.ChatCompletionChoice
  chatCompletionMessage: hand.ChatCompletionMessage
  chatAudio: hand.ChatAudio
}

type Own = { [Name in keyof ChatSchemas]: ChatSchemas[Name] extends z.ZodType ? Name : never }[keyof ChatSchemas]
type Infer<Name extends Own> = ChatSchemas[Name] extends z.ZodType ? z.infer<ChatSchemas[Name]> : never

describe('each type of chat written by hand is the one inferred from its schema', () => {
  it('for the events', () => {
    expectTypeOf<Infer<'chatEvent'>>().toEqualTypeOf<Written['chatEvent']>()
    expectTypeOf<Infer<'chatCompletionChunk'>>().toEqualTypeOf<Written['chatCompletionChunk']>()
    expectTypeOf<Infer<'chatFilterChunk'>>().toEqualTypeOf<Written['chatFilterChunk']>()
    expectTypeOf<Infer<'chatBareChunk'>>().toEqualTypeOf<Written['chatBareChunk']>()
    expectTypeOf<Infer<'chatErrorEvent'>>().toEqualTypeOf<Written['chatErrorEvent']>()
  })

  it('for all, name by name, and no schema is left out of the page', () => {
    expectTypeOf<{ [Name in Own]: Infer<Name> }>().toEqualTypeOf<{ [Name in keyof Written]: Written[Name] }>()
  })

  it('and each of them leaves the package', () => {
    expectTypeOf<Exclude<keyof ChatSchemas, keyof typeof zod>>().toBeNever()
  })

  it('and the members of a union are those that its schema chooses from', () => {
    type Chunk = Infer<'chatCompletionChunk' | 'chatFilterChunk' | 'chatBareChunk' | 'chatErrorEvent'>
    expectTypeOf<Chunk>().toEqualTypeOf<hand.ChatEvent>()
    expectTypeOf<Infer<'chatDeltaChoice' | 'chatFilterChoice'>>().toEqualTypeOf<hand.ChatChoice>()
    type CallDelta = Infer<'functionToolCallDelta' | 'customToolCallDelta' | 'unknownToolCallDelta'>
    expectTypeOf<CallDelta>().toEqualTypeOf<hand.ChatToolCallDelta>()
    type Call = Infer<'functionToolCall' | 'customToolCall' | 'unknownToolCall'>
    expectTypeOf<Call>().toEqualTypeOf<hand.ChatToolCall>()
  })
})

describe('a reader of the types of chat', () => {
  it('narrows an event by what it carries, and a choice and a call likewise', () => {
    const read = (event: hand.ChatEvent): string => {
      if (event.error !== undefined) {
        expectTypeOf(event).toEqualTypeOf<hand.ChatErrorEvent>()
        return event.error.message
      }
      if (event.choices === undefined) {
        expectTypeOf(event).toEqualTypeOf<hand.ChatBareChunk>()
        return event.id
      }
      if (event.object === '') {
        expectTypeOf(event).toEqualTypeOf<hand.ChatFilterChunk>()
        return ''
      }
      expectTypeOf(event).toEqualTypeOf<hand.ChatCompletionChunk>()
      const choice = event.choices[0]
      if (choice?.delta === undefined) return ''
      expectTypeOf(choice).toEqualTypeOf<hand.ChatDeltaChoice>()
      const call = choice.delta.tool_calls?.[0]
      if (call?.custom !== undefined) return call.custom.input ?? ''
      if (call?.function === undefined) return ''
      expectTypeOf(call).toEqualTypeOf<hand.FunctionToolCallDelta>()
      return call.function.arguments ?? ''
    }
    expectTypeOf(read).returns.toEqualTypeOf<string>()
  })

  it('reads the text of any event without asking what it is', () => {
    const textOf = (event: hand.ChatEvent) => event.choices?.[0]?.delta?.content
    expectTypeOf(textOf).returns.toEqualTypeOf<string | null | undefined>()
  })

  it('narrows a whole call by its type', () => {
    const read = (call: hand.ChatToolCall) => (call.type === 'function' ? call.function.arguments : call.type)
    expectTypeOf(read).returns.toBeString()
  })

  it('may write a reason that nobody knows yet, and keeps the literals of the others', () => {
    expectTypeOf<'some_later_reason'>().toExtend<hand.FinishReason>()
    expectTypeOf<hand.FinishReason>().not.toEqualTypeOf<string>()
  })

  it('sees fields that are not declared as unknown', () => {
    expectTypeOf<hand.ChatDelta['later']>().toEqualTypeOf<unknown>()
  })

  it('cannot write an error beside choices, nor a known call as an unknown one', () => {
    // @ts-expect-error clients that find choices do not look for an error
    const event: hand.ChatEvent = { error: { message: '' }, choices: [] }
    // @ts-expect-error a function's call needs its function
    const call: hand.ChatToolCall = { type: 'function', id: 'call_a' }
    expectTypeOf([event, call]).not.toBeNever()
  })
})
