import { markWords } from '../text/words'

export function Highlight({ text, words }: { text: string; words: readonly string[] }) {
  let at = 0
  return markWords(text, words).map((piece) => {
    const key = at
    at += piece.text.length
    return piece.marked ? (
      <mark key={key} className="hit-word">
        {piece.text}
      </mark>
    ) : (
      <span key={key}>{piece.text}</span>
    )
  })
}
