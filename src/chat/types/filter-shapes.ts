/**
 * What Azure's content filter writes into chunks.
 */
import type { OpenObject, OtherString } from '../../sse/open-types.js'

/** The verdict of one filter: some measure a severity, others detect. */
export interface ContentFilterResult extends OpenObject {
  filtered?: boolean | null | undefined
  detected?: boolean | null | undefined
  severity?: 'safe' | 'low' | 'medium' | 'high' | OtherString | null | undefined
}

/** The verdicts, by filter. An open list. */
export interface ContentFilterResults extends OpenObject {
  hate?: ContentFilterResult | null | undefined
  self_harm?: ContentFilterResult | null | undefined
  sexual?: ContentFilterResult | null | undefined
  violence?: ContentFilterResult | null | undefined
  profanity?: ContentFilterResult | null | undefined
  jailbreak?: ContentFilterResult | null | undefined
  indirect_attack?: ContentFilterResult | null | undefined
  protected_material_text?: ContentFilterResult | null | undefined
  protected_material_code?: ContentFilterResult | null | undefined
}

/** Which characters of the answer a verdict that came late is about. */
export interface ContentFilterOffsets extends OpenObject {
  check_offset?: number | null | undefined
  start_offset?: number | null | undefined
  end_offset?: number | null | undefined
}

/** The verdict on one prompt of the request. */
export interface PromptFilterResult extends OpenObject {
  prompt_index: number
  content_filter_results?: ContentFilterResults | null | undefined
}
