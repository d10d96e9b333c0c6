/** The words of a question that are worth marking in an excerpt. */

const STOP = new Set(
  '什么 怎么 怎样 如何 是否 能否 能不能 可以 可否 哪些 哪个 哪部 多少 多长 多久 为什么 请问 应当 应该 需要 没有 现在 这个 那个 我们 他们 进行 情况 问题 处理 以及 或者 如果 但是 因为 所以 关于 对于 根据 按照 依据 规定 法律 不能 不是 还能 还是 已经 一个 时候 之后 之前 以后 以前'.split(
    ' ',
  ),
)

export function wordsOf(query: string): string[] {
  const segmenter = new Intl.Segmenter('zh-CN', { granularity: 'word' })
  const words = new Set<string>()
  for (const { segment, isWordLike } of segmenter.segment(query)) {
    if (isWordLike && segment.length >= 2 && !STOP.has(segment)) words.add(segment)
  }
  return [...words].sort((a, b) => b.length - a.length)
}

export interface Piece {
  text: string
  marked: boolean
}

/** `text` cut into pieces, those that are among `words` marked. */
export function markWords(text: string, words: readonly string[]): Piece[] {
  if (!words.length) return [{ text, marked: false }]
  const pattern = new RegExp(`(${words.map((w) => w.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`, 'g')
  return text
    .split(pattern)
    .map((piece, i) => ({ text: piece, marked: i % 2 === 1 }))
    .filter((piece) => piece.text)
}

/** The part of a provision in which most of the words stand, cut at sentences where that can be done. */
export function excerpt(text: string, words: readonly string[], length = 110): string {
  const flat = text.replace(/\s*\n\s*/g, ' ').trim()
  if (flat.length <= length) return flat
  let best = 0
  let most = -1
  const starts = [0, ...[...flat.matchAll(/[。；：]\s*/g)].map((m) => m.index + m[0].length)]
  for (const start of starts) {
    if (start >= flat.length) continue
    const window = flat.slice(start, start + length)
    const count = words.filter((word) => window.includes(word)).length
    if (count > most) {
      most = count
      best = start
    }
  }
  const piece = flat.slice(best, best + length)
  return `${best ? '…' : ''}${piece}${best + length < flat.length ? '…' : ''}`
}
