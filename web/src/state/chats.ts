/**
 * Conversations that are open in this page. They live outside the components, so that an answer goes on being
 * written while its reader looks something up on another tab.
 */

import { useSyncExternalStore } from 'react'
import * as counsel from '../api/counsel'
import { asProblem, Problem } from '../api/http'
import type { Done, Message, Passage } from '../api/types'
import { today } from '../text/dates'

export type Phase = 'looking' | 'writing' | 'done' | 'stopped' | 'failed'

/** One question and what became of it. */
export interface Turn {
  key: string
  question: string
  asOf: string
  phase: Phase
  /** Null until the server has said what it found. */
  hits: Passage[] | null
  note: string | null
  text: string
  done: Done | null
  problem: Problem | null
  messageId: string | null
  askedAt: string
}

export interface Chat {
  id: string | null
  turns: readonly Turn[]
  loading: boolean
  problem: Problem | null
}

const EMPTY: Chat = { id: null, turns: [], loading: false, problem: null }
const WORD_INTERVAL = 40

class Chats {
  private readonly chats = new Map<string, Chat>()
  private readonly listeners = new Set<() => void>()
  private readonly running = new Map<string, AbortController>()
  private serial = 0

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  get(key: string): Chat {
    return this.chats.get(key) ?? EMPTY
  }

  /** Read a conversation from the server unless it is here already. */
  async load(id: string): Promise<void> {
    const held = this.chats.get(id)
    if (held && !held.problem) return
    this.put(id, { id, turns: [], loading: true, problem: null })
    try {
      const { messages } = await counsel.conversation(id)
      this.put(id, { id, turns: turnsOf(messages), loading: false, problem: null })
    } catch (error) {
      this.put(id, { id, turns: [], loading: false, problem: asProblem(error) })
    }
  }

  forget(id: string): void {
    this.stop(id)
    this.chats.delete(id)
    this.tell()
  }

  clear(): void {
    for (const control of this.running.values()) control.abort()
    this.chats.clear()
    this.tell()
  }

  isAnswering(key: string): boolean {
    return this.running.has(key)
  }

  stop(key: string): void {
    this.running.get(key)?.abort()
  }

  /**
   * Ask, and follow the answer to its end. `key` is the conversation's id, or any fresh text for a new one;
   * `named` is told the id that the server gives a new one.
   */
  async ask(key: string, question: string, asOf: string, named: (id: string) => void): Promise<void> {
    if (this.running.has(key)) return
    const control = new AbortController()
    const turn: Turn = {
      key: `turn-${++this.serial}`,
      question,
      asOf,
      phase: 'looking',
      hits: null,
      note: null,
      text: '',
      done: null,
      problem: null,
      messageId: null,
      askedAt: new Date().toISOString(),
    }
    let where = key
    const before = this.get(key)
    this.running.set(key, control)
    this.put(key, { ...before, turns: [...before.turns, turn] })
    const set = (change: Partial<Turn>): void => {
      const chat = this.get(where)
      this.put(where, {
        ...chat,
        turns: chat.turns.map((t) => (t.key === turn.key ? { ...t, ...change } : t)),
      })
    }
    let written = ''
    let waiting: ReturnType<typeof setTimeout> | undefined
    const flush = (): void => {
      waiting = undefined
      set({ text: written, phase: 'writing' })
    }
    try {
      const asked = { message: question, as_of: asOf, ...(before.id && { conversation_id: before.id }) }
      let ended = false
      for await (const event of counsel.chat(asked, control.signal)) {
        if (event.type === 'evidence') {
          const { conversation_id: id, message_id: messageId, hits, note } = event.evidence
          if (id !== where) {
            const chat = this.get(where)
            this.chats.set(id, { ...chat, id })
            this.chats.delete(where)
            this.running.set(id, control)
            this.running.delete(where)
            where = id
            named(id)
          }
          set({ hits, note, messageId })
        } else if (event.type === 'text') {
          written += event.text
          // A redraw for every word would make long answers stutter.
          waiting ??= setTimeout(flush, WORD_INTERVAL)
        } else if (event.type === 'done') {
          clearTimeout(waiting)
          ended = true
          set({
            done: event.done,
            text: event.done.answer,
            hits: event.done.hits,
            messageId: event.done.message_id,
            phase: 'done',
          })
        } else {
          clearTimeout(waiting)
          ended = true
          const { where: place, problem, remedy } = event.failed
          set({
            text: written,
            phase: 'failed',
            problem: new Problem(503, problem, [place, remedy].filter(Boolean).join('：')),
          })
        }
      }
      if (!ended) throw new Problem(0, '连接中断', '回答还没有写完，连接就断了。')
    } catch (error) {
      clearTimeout(waiting)
      if (control.signal.aborted) set({ text: written, phase: 'stopped' })
      else set({ text: written, phase: 'failed', problem: asProblem(error) })
    } finally {
      this.running.delete(where)
      this.tell()
    }
  }

  /** Ask the last question again, in place of the turn that failed or was stopped. */
  async retry(key: string, turnKey: string, named: (id: string) => void): Promise<void> {
    const chat = this.get(key)
    const turn = chat.turns.find((t) => t.key === turnKey)
    if (!turn) return
    this.put(key, { ...chat, turns: chat.turns.filter((t) => t.key !== turnKey) })
    await this.ask(key, turn.question, turn.asOf, named)
  }

  private put(key: string, chat: Chat): void {
    this.chats.set(key, chat)
    this.tell()
  }

  private tell(): void {
    for (const listener of this.listeners) listener()
  }
}

/** The journal keeps questions and answers as messages of their own; here they stand together. */
function turnsOf(messages: readonly Message[]): Turn[] {
  const turns: Turn[] = []
  for (const message of messages) {
    const last = turns.at(-1)
    if (message.role === 'user') {
      turns.push({
        key: message.id,
        question: message.text,
        asOf: message.as_of ?? today(),
        phase: 'stopped',
        hits: null,
        note: null,
        text: '',
        done: null,
        problem: null,
        messageId: null,
        askedAt: message.created_at,
      })
    } else if (last) {
      const done = message.done ?? null
      turns[turns.length - 1] = {
        ...last,
        messageId: message.id,
        text: done?.answer ?? (message.status === 'failed' ? '' : message.text),
        hits: done?.hits ?? null,
        done,
        phase: done ? 'done' : message.status === 'failed' ? 'failed' : 'stopped',
        problem:
          message.status === 'failed'
            ? new Problem(503, '这次回答没有完成', message.text || '可以重新提问。')
            : null,
      }
    }
  }
  return turns
}

export const chats = new Chats()

export const useChat = (key: string): Chat => useSyncExternalStore(chats.subscribe, () => chats.get(key))
export const useAnswering = (key: string): boolean =>
  useSyncExternalStore(chats.subscribe, () => chats.isAnswering(key))
