/** One way to speak HTTP: JSON in, JSON out, and every failure a Problem in words (RFC 9457). */

export class Problem extends Error {
  constructor(
    /** HTTP status; 0 when the server could not be reached. */
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly errors: { where: string; problem: string }[] = [],
  ) {
    super(`${title}：${detail}`)
    this.name = 'Problem'
  }
}

const OFFLINE = () =>
  navigator.onLine
    ? new Problem(
        0,
        '连不上服务',
        '服务没有应答：可能正在重启。稍候片刻再试；仍不行时，请在服务端运行 counsel doctor。',
      )
    : new Problem(0, '网络已断开', '这台电脑现在没有连上网络。恢复连接后再试。')

export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof TypeError) return OFFLINE()
  throw error
}

/** Called when the server says that nobody is signed in, whichever request found out. */
let signedOut: () => void = () => {}
export function onSignedOut(tell: () => void): void {
  signedOut = tell
}

async function problemOf(response: Response): Promise<Problem> {
  const kind = response.headers.get('content-type') ?? ''
  if (!kind.includes('json'))
    return new Problem(response.status, '请求没有成功', `服务返回了 ${response.status}。`)
  const body = (await response.json()) as Partial<Problem>
  return new Problem(
    response.status,
    body.title ?? '请求没有成功',
    body.detail ?? `服务返回了 ${response.status}。`,
    body.errors ?? [],
  )
}

/** `fetch` that throws a Problem for anything but success. */
export async function send(path: string, init: RequestInit & { json?: unknown } = {}): Promise<Response> {
  const { json, ...rest } = init
  const headers = new Headers(rest.headers)
  if (json !== undefined) headers.set('content-type', 'application/json')
  let response: Response
  try {
    response = await fetch(path, {
      ...rest,
      headers,
      ...(json !== undefined && { body: JSON.stringify(json) }),
    })
  } catch (error) {
    if (error instanceof TypeError) throw OFFLINE()
    throw error
  }
  if (response.ok) return response
  const problem = await problemOf(response)
  if (response.status === 401 && path !== '/api/v1/session') signedOut()
  throw problem
}

export async function read<T>(path: string, init?: RequestInit & { json?: unknown }): Promise<T> {
  const response = await send(path, init)
  return (await response.json()) as T
}
