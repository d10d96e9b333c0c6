import { Button, Skeleton } from 'antd'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { removeReview, reviewFiles, reviewLines, reviewOf } from '../api/files'
import { asProblem, type Problem } from '../api/http'
import type { FileReview, FileReviewLine } from '../api/types'
import { FileReviewView } from '../components/FileReviewView'
import { DeleteOutlined } from '../components/icons'
import { OtherDayNotice } from '../components/OtherDayNotice'
import { ProblemNote } from '../components/ProblemNote'
import { useFetched } from '../state/hooks'
import { useReading } from '../state/reading'
import { go } from '../state/route'
import { fullMoment } from '../text/dates'
import type { PageProps } from './registry'

const ACCEPT = '.docx,.pdf,.txt,.md,.zip,.png,.jpg,.jpeg'
const LARGEST = 64 * 1024 * 1024

/** Hand a case file in; see each finding with its place, and take the report. */
export default function FilesPage({ below }: PageProps) {
  const { asOf } = useReading()
  const [working, setWorking] = useState<string | null>(null)
  const [problem, setProblem] = useState<Problem | string | null>(null)
  const [originals, setOriginals] = useState<ReadonlyMap<string, File>>(new Map())
  const [fresh, setFresh] = useState<FileReview | null>(null)
  const control = useRef<AbortController | null>(null)
  useEffect(() => () => control.current?.abort(), [])

  const start = useCallback(
    async (files: readonly File[]) => {
      if (!files.length) return
      if (files.reduce((sum, file) => sum + file.size, 0) > LARGEST) {
        setProblem('文件合起来超过64 MB，请按案件分开，或者去掉视频和照片再交。')
        return
      }
      control.current?.abort()
      const mine = new AbortController()
      control.current = mine
      setProblem(null)
      setWorking(`上传${files.length}个文件`)
      try {
        const review = await reviewFiles(files, asOf, setWorking, mine.signal)
        setOriginals(new Map(files.map((file) => [file.name, file])))
        setFresh(review)
        go(`/files/${review.id ?? ''}`)
      } catch (error) {
        if (!mine.signal.aborted) setProblem(asProblem(error))
      } finally {
        if (control.current === mine) setWorking(null)
      }
    },
    [asOf],
  )

  const request = useMemo(
    () => (below && fresh?.id !== below ? (signal: AbortSignal) => reviewOf(below, signal) : null),
    [below, fresh],
  )
  const kept = useFetched<FileReview>(request)
  const review = below ? (fresh?.id === below ? fresh : kept.value) : null
  return (
    <div className="page">
      <div className="column files">
        <h1>案卷评查</h1>
        {!below && (
          <>
            <p className="page-lead">
              交一个案卷，逐项核对文书、日期、人员、权利告知、引文、金额和幅度。否决项要有卷里的证据才成立；读不出的交给人核对。案卷不留存，只留评查结果。
            </p>
            <OtherDayNotice />
            {working === null ? (
              <Drop start={start} />
            ) : (
              <Working said={working} stop={() => control.current?.abort()} />
            )}
            {typeof problem === 'string' ? (
              <div className="problem" role="alert">
                <p>{problem}</p>
              </div>
            ) : (
              problem && <ProblemNote problem={problem} />
            )}
            {working === null && <Recent />}
          </>
        )}
        {kept.problem && (
          <>
            <ProblemNote problem={kept.problem} retry={kept.retry} />
            <Button onClick={() => go('/files')}>回到案卷评查</Button>
          </>
        )}
        {below && !review && !kept.problem && <Skeleton active paragraph={{ rows: 10 }} />}
        {review && <FileReviewView review={review} originals={originals} again={() => go('/files')} />}
      </div>
    </div>
  )
}

function Drop({ start }: { start: (files: readonly File[]) => void }) {
  const [over, setOver] = useState(false)
  return (
    <label
      className="drop"
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        start([...event.dataTransfer.files])
      }}
    >
      <input
        type="file"
        multiple
        accept={ACCEPT}
        aria-label="选择案卷文件"
        onChange={(event) => {
          start([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
      <b>把案卷拖到这里，或者点按选择</b>
      <span>.docx、.pdf、.txt，或者装着它们的 .zip；一个 PDF 里可以有整卷文书</span>
    </label>
  )
}

function Working({ said, stop }: { said: string; stop: () => void }) {
  return (
    <div className="drop drop-working" role="status" aria-live="polite">
      <b>{said}</b>
      <div className="opening-bar" aria-hidden="true" />
      <Button size="small" onClick={stop}>
        停止
      </Button>
    </div>
  )
}

/** The reviews in sight. */
function Recent() {
  const { value, problem, retry } = useFetched<FileReviewLine[]>(reviewLines)
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set())
  const [failed, setFailed] = useState<Problem | null>(null)
  const lines = value?.filter((line) => !gone.has(line.id)) ?? []
  if (problem) return <ProblemNote problem={problem} retry={retry} />
  if (!lines.length) return null
  return (
    <section className="recent" aria-label="评查过的案卷">
      <h2>评查过的案卷</h2>
      {failed && <ProblemNote problem={failed} />}
      <ul>
        {lines.map((line) => (
          <li key={line.id}>
            <button type="button" className="recent-open" onClick={() => go(`/files/${line.id}`)}>
              <b>{line.title}</b>
              <span>
                {line.label}
                {line.score !== null && `，${line.score}分`}
              </span>
              <small>{fullMoment(line.created_at)}</small>
            </button>
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              aria-label={`删除 ${line.title}`}
              onClick={() => {
                removeReview(line.id).then(
                  () => setGone((before) => new Set(before).add(line.id)),
                  (error: unknown) => setFailed(asProblem(error)),
                )
              }}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}
