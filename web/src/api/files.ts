/** Case files: handed in with their progress, found again, taken as a Word report. */

import { Problem, read, send } from './http'
import { serverEvents } from './stream'
import type { Failed, FileReview, FileReviewLine } from './types'

const FILES = '/api/v1/files'

/** Hand files in; `progress` is told what is being done. A Problem when they cannot be reviewed. */
export async function reviewFiles(
  files: readonly File[],
  asOf: string,
  progress: (said: string) => void,
  signal: AbortSignal,
): Promise<FileReview> {
  const body = new FormData()
  for (const file of files) body.append('file', file, file.name)
  body.append('as_of', asOf)
  const response = await send(`${FILES}/review`, {
    method: 'POST',
    body,
    headers: { accept: 'text/event-stream' },
    signal,
  })
  if (!response.body) throw new Problem(response.status, '评查没有内容', '请再试一次。')
  for await (const { event, data } of serverEvents(response.body)) {
    if (event === 'progress') progress(data)
    else if (event === 'done') return JSON.parse(data) as FileReview
    else if (event === 'failed') {
      const { problem, remedy } = JSON.parse(data) as Failed
      throw new Problem(422, '没有评查成', `${problem}。${remedy}`)
    }
  }
  throw new Problem(0, '评查中断了', '连接在评查完成以前断开，请再交一次。')
}

export const reviewLines = (signal: AbortSignal): Promise<FileReviewLine[]> =>
  read(`${FILES}/reviews?limit=20`, { signal })
export const reviewOf = (id: string, signal: AbortSignal): Promise<FileReview> =>
  read(`${FILES}/reviews/${encodeURIComponent(id)}`, { signal })
export const removeReview = (id: string): Promise<Response> =>
  send(`${FILES}/reviews/${encodeURIComponent(id)}`, { method: 'DELETE' })
export const reviewDocument = (id: string): string => `${FILES}/reviews/${encodeURIComponent(id)}.docx`
