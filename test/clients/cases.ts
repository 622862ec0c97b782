import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { NormalizeOptions, Protocol } from '../../src/index.js'
import type { Expectation } from './judge.js'

/** One broken stream and what a program must have received of it. */
export interface Case {
  readonly name: string
  readonly upstream: Uint8Array
  readonly options: Partial<NormalizeOptions>
  readonly expected: Expectation
}

interface Content<Tool> {
  readonly text?: string
  readonly thinking?: string
  readonly summary?: string
  readonly refusal?: string
  readonly tools?: readonly Tool[]
  readonly errorMessage?: string
}
type SentTool = Expectation['tools'][number]

/** `input` is a string where what was sent is no JSON. */
type FixtureTool = { readonly name: string; readonly input: unknown }

/** Several choices (chat) each have their own content. */
type FixtureContent = Content<FixtureTool> & { readonly choices?: readonly Content<FixtureTool>[] }

interface FixtureJson {
  readonly endState: string
  readonly content?: FixtureContent
  readonly options?: Partial<NormalizeOptions>
}

const fixtures = fileURLToPath(new URL('../../fixtures/', import.meta.url))
const shared = fileURLToPath(new URL('../../../shared/defects/fixtures/', import.meta.url))

function expectation(endings: Expectation['endings'], content: Content<SentTool>): Expectation {
  const { text = '', thinking = '', summary = '', refusal = '', tools = [], errorMessage } = content
  return { endings, text, thinking, summary, refusal, tools, ...(errorMessage !== undefined && { errorMessage }) }
}

/** What a program has of several choices when it puts one behind the other. */
function joined({ choices, ...content }: FixtureContent): Content<FixtureTool> {
  if (choices === undefined) return content
  const prose = (key: 'text' | 'thinking' | 'refusal') => choices.map((choice) => choice[key] ?? '').join('')
  return {
    ...content,
    ...{ text: prose('text'), thinking: prose('thinking'), refusal: prose('refusal') },
    tools: choices.flatMap(({ tools = [] }) => tools),
  }
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))

/** The cases of `fixtures/<protocol>`, by the name of their folder. */
export function ownCases(protocol: Protocol): Case[] {
  const own = `${fixtures}${protocol}/`
  return readdirSync(own, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .map((name) => {
      const file = readJson(`${own}${name}/fixture.json`) as FixtureJson
      const { tools = [], ...content } = joined(file.content ?? {})
      const sent = tools.map(({ name, input }) => ({
        name,
        arguments: typeof input === 'string' ? input : JSON.stringify(input),
      }))
      const ending = file.endState === 'complete' ? 'success' : 'error'
      return {
        name,
        upstream: readFileSync(`${own}${name}/upstream.sse`),
        options: file.options ?? {},
        expected: expectation([ending], { ...content, tools: sent }),
      }
    })
}

interface SharedCase extends Content<SentTool> {
  readonly endings: Expectation['endings']
  readonly http?: { readonly status: number }
}

/**
 * The recorded and rebuilt streams that lie beside the project; undefined where they are not there. Answers whose HTTP
 * status is an error are no streams (D-70) and are left out.
 */
export function sharedCases(protocol: Protocol): Case[] | undefined {
  if (!existsSync(`${shared}expected.json`)) return undefined
  const all = readJson(`${shared}expected.json`) as Record<string, SharedCase>
  return Object.entries(all)
    .filter(([path, { http }]) => path.startsWith(`${protocol}/`) && (http?.status ?? 200) === 200)
    .filter(([path]) => existsSync(shared + path))
    .map(([path, { endings, ...content }]) => ({
      name: path.slice(protocol.length + 1).replace(/\.sse$/, ''),
      upstream: readFileSync(shared + path),
      options: {},
      expected: expectation(endings, content),
    }))
}
