/** What another page hands over to be made into a paper: an answer of the chat, a verdict. */

export interface Material {
  description: string
  facts: Record<string, unknown>
  asOf: string
}

let waiting: Material | null = null

export function handOver(material: Material): void {
  waiting = material
}

/** Given once: the page that drafts takes it. */
export function takeOver(): Material | null {
  const material = waiting
  waiting = null
  return material
}

/** The name that signs, remembered on this computer until there are accounts. */
const KEY = 'counsel.signer'
export const signerName = (): string => localStorage.getItem(KEY) ?? ''
export const rememberSigner = (name: string): void => localStorage.setItem(KEY, name)
