import type { Sample } from '../samples.js'
import { brokenPlace, brokenText } from './positions.js'

const page = { type: 'url_citation', url: 'https://example.com', title: 'Example', start_index: 0, end_index: 4 }
const probable = { token: 'a', logprob: -0.5 }

export const annotations: Readonly<Record<string, Sample>> = {
  file_citation: {
    minimal: { file_id: 'file_a', index: 3 },
    valid: [{ file_id: 'file_a', index: 3, filename: 'a.txt' }],
    broken: [...brokenText('file_id'), ...brokenPlace('index'), { filename: 7 }],
  },
  url_citation: {
    minimal: page,
    valid: [{ ...page, title: '' }],
    broken: [...brokenText('url'), ...brokenText('title'), ...brokenPlace('start_index'), ...brokenPlace('end_index')],
  },
  container_file_citation: {
    minimal: { container_id: 'cntr_a', file_id: 'cfile_a', start_index: 0, end_index: 9 },
    valid: [{ container_id: 'cntr_a', file_id: 'cfile_a', start_index: 0, end_index: 9, filename: null }],
    broken: [...brokenText('container_id'), ...brokenText('file_id'), ...brokenPlace('end_index')],
  },
  file_path: {
    minimal: { file_id: 'file_a', index: 0 },
    broken: [...brokenText('file_id'), ...brokenPlace('index')],
  },
}

export const parts: Readonly<Record<string, Sample>> = {
  output_text: {
    minimal: { text: '', annotations: [] },
    valid: [
      { text: 'x', annotations: [page, { type: 'some_later_annotation', at: 1 }], logprobs: null },
      { text: 'x', annotations: [], logprobs: [probable, { ...probable, bytes: [97], top_logprobs: [probable, {}] }] },
    ],
    broken: [
      ...brokenText('text'),
      { annotations: undefined },
      { annotations: null },
      { annotations: {} },
      { annotations: [{ ...page, title: undefined }] },
      { annotations: [null] },
      { logprobs: {} },
      { logprobs: [{ token: 'a' }] },
      { logprobs: [{ ...probable, bytes: 'a' }] },
      { logprobs: [{ ...probable, top_logprobs: [{ token: 1 }] }] },
    ],
  },
  refusal: { minimal: { refusal: '' }, broken: brokenText('refusal') },
  reasoning_text: { minimal: { text: '' }, broken: brokenText('text') },
  summary_text: { minimal: { text: '' }, broken: brokenText('text') },
}
