/** The server counts characters (code points); JavaScript counts UTF-16 units. Rare characters (𠮷) take two. */

const ASTRAL = /[\u{10000}-\u{10FFFF}]/u

/** A function from code-point offsets in `text` to UTF-16 offsets. */
export function unitOffsets(text: string): (offset: number) => number {
  if (!ASTRAL.test(text)) return (offset) => offset
  const units: number[] = []
  let unit = 0
  for (const character of text) {
    units.push(unit)
    unit += character.length
  }
  return (offset) => units[offset] ?? text.length
}
