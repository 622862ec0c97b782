import { z } from 'zod'
import { openEnum } from '../open.js'
import { index } from './fields.js'

const flag = z.boolean().nullish()
const offset = z.int().nullish()

/** Schema of `ContentFilterResult`. */
export const contentFilterResult = z.looseObject({
  filtered: flag,
  detected: flag,
  severity: openEnum(['safe', 'low', 'medium', 'high']).nullish(),
})

const result = contentFilterResult.nullish()

/** Schema of `ContentFilterResults`. */
export const contentFilterResults = z.looseObject({
  hate: result,
  self_harm: result,
  sexual: result,
  violence: result,
  profanity: result,
  jailbreak: result,
  indirect_attack: result,
  protected_material_text: result,
  protected_material_code: result,
})

/** Schema of `ContentFilterOffsets`. */
export const contentFilterOffsets = z.looseObject({ check_offset: offset, start_offset: offset, end_offset: offset })

/** Schema of `PromptFilterResult`. */
export const promptFilterResult = z.looseObject({
  prompt_index: index,
  content_filter_results: contentFilterResults.nullish(),
})
