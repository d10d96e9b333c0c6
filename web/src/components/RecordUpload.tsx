import { App, Button, Modal, Select, Spin, Upload } from 'antd'
import { useRef, useState } from 'react'
import { asProblem, type Problem } from '../api/http'
import * as records from '../api/records'
import type { ImportPreview, RowChange, RowProblem } from '../api/types'
import { number } from '../text/figures'
import { UploadOutlined, WarningOutlined } from './icons'
import { RowTable } from './RowTable'
import { ProblemNote } from './ProblemNote'

const KINDS = ['检查', '处罚', '改正', '执法人员', '权责', '复议', '诉讼', '热线工单']
const LEFT_OUT = '不导入'

/** Bring a sheet in: what it was understood as is shown, and nothing is kept until it is confirmed. */
export function RecordUpload({ done }: { done: () => void }) {
  const { message } = App.useApp()
  const [open, setOpen] = useState(false)
  const [sheet, setSheet] = useState<records.Sheet | null>(null)
  const [shown, setShown] = useState<ImportPreview | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState<'preview' | 'import' | null>(null)
  const latest = useRef(0)

  const close = () => {
    latest.current += 1
    setOpen(false)
    setSheet(null)
    setShown(null)
    setProblem(null)
    setBusy(null)
  }

  /** Look at a sheet as it would be read; the answer to an earlier look is dropped. */
  const look = async (next: records.Sheet) => {
    const turn = (latest.current += 1)
    setSheet(next)
    setProblem(null)
    setBusy('preview')
    try {
      const found = await records.preview(next)
      if (turn === latest.current) setShown(found)
    } catch (error) {
      if (turn === latest.current) setProblem(asProblem(error))
    } finally {
      if (turn === latest.current) setBusy(null)
    }
  }

  const bringIn = async () => {
    if (!sheet) return
    setBusy('import')
    setProblem(null)
    try {
      const { done: made } = await records.bringIn(sheet)
      const { read, new: fresh, same, changed, rejected } = made.counts
      message.success(
        `读${number(read)}行：新增${number(fresh)}，不变${number(same)}，更新${number(changed)}，退回${number(rejected)}`,
      )
      close()
      done()
    } catch (error) {
      setProblem(asProblem(error))
      setBusy(null)
    }
  }

  const counts = shown?.would_be.counts
  const nothing = !counts || counts.new + counts.changed === 0
  return (
    <>
      <Button type="primary" icon={<UploadOutlined />} onClick={() => setOpen(true)}>
        导入一张表
      </Button>
      <Modal
        open={open}
        onCancel={close}
        width={860}
        title="导入本单位的明细"
        okText={nothing ? '没有要导入的行' : `确认导入${number(counts.new + counts.changed)}行`}
        cancelText="取消"
        okButtonProps={{ disabled: nothing || busy !== null, loading: busy === 'import' }}
        onOk={() => void bringIn()}
      >
        <Upload.Dragger
          accept=".xlsx,.xlsm,.csv"
          showUploadList={false}
          multiple={false}
          beforeUpload={(file) => {
            setShown(null)
            void look({ file })
            return false
          }}
        >
          <p className="upload-title">
            {sheet ? sheet.file.name : '把执法监督平台导出的表或台账拖到这里，或点一下选文件'}
          </p>
          <p className="upload-hint">
            .xlsx、.csv（UTF-8 或 GBK），64 MB 以内。先看预览，确认后才导入；重复导入不会重复。
          </p>
        </Upload.Dragger>
        {problem && <ProblemNote problem={problem} />}
        {sheet && (problem || shown) && (
          <p className="upload-kind">
            种类
            <Select
              aria-label="种类"
              value={shown?.would_be.kind ?? sheet.kind ?? null}
              placeholder="选一种再看"
              onChange={(kind: string) => void look({ file: sheet.file, kind })}
              options={KINDS.map((kind) => ({ value: kind, label: kind }))}
            />
          </p>
        )}
        <Spin spinning={busy === 'preview'}>
          {busy === 'preview' && !shown && <div className="upload-wait" />}
          {shown && sheet && !problem && <Preview shown={shown} sheet={sheet} look={look} />}
        </Spin>
      </Modal>
    </>
  )
}

interface PreviewProps {
  shown: ImportPreview
  sheet: records.Sheet
  look: (next: records.Sheet) => Promise<void>
}

function Preview({ shown, sheet, look }: PreviewProps) {
  const { counts, notes, sheets } = shown.would_be
  const first = sheets[0]
  return (
    <div className="preview">
      <dl className="preview-counts">
        {(
          [
            ['读到', counts.read],
            ['新增', counts.new],
            ['不变', counts.same],
            ['更新', counts.changed],
            ['退回', counts.rejected],
          ] as const
        ).map(([name, count]) => (
          <div key={name} data-bad={name === '退回' && count > 0}>
            <dt>{name}</dt>
            <dd>{number(count)}行</dd>
          </div>
        ))}
      </dl>
      {notes.map((note) => (
        <p key={note} className="preview-note">
          {note}
        </p>
      ))}
      <Turned problems={shown.problems} all={counts.rejected} />
      <Changed changes={shown.changes} />
      {first && (
        <details open={first.columns.some((one) => one.required && !one.header)}>
          <summary>
            列的对应（“{first.sheet}”，表头在第{first.header_rows.join('、')}行）
          </summary>
          <Columns shown={shown} sheet={sheet} look={look} />
        </details>
      )}
      <details>
        <summary>前{shown.rows.length}行</summary>
        <RowTable columns={shown.columns} rows={shown.rows} label="前几行" />
      </details>
    </div>
  )
}

/** Which header is which column; a change is looked at anew, and stands as YAML for the next time. */
function Columns({ shown, sheet, look }: PreviewProps) {
  const first = shown.would_be.sheets[0]
  if (!first) return null
  const headers = [...first.columns.flatMap((one) => (one.header ? [one.header] : [])), ...first.unused]
  const change = (column: string, header: string) => {
    const pairs = first.columns
      .map((one) => [one.column, one.column === column ? header : (one.header ?? '')] as const)
      .filter(([name, said]) => said && (name === column || said !== header))
    const told = pairs.map(([name, said]) => `  ${JSON.stringify(name)}: ${JSON.stringify(said)}`)
    void look({
      file: sheet.file,
      mapping: `种类: ${JSON.stringify(shown.would_be.kind)}\n列:\n${told.join('\n')}\n`,
    })
  }
  return (
    <>
      <ul className="preview-columns">
        {first.columns.map((one) => (
          <li key={one.column} data-lacking={one.required && !one.header}>
            <span>
              {one.column}
              {one.required && <b title="必填">*</b>}
            </span>
            <Select
              aria-label={`${one.column}对应的表头`}
              size="small"
              value={one.header ?? LEFT_OUT}
              onChange={(header: string) => change(one.column, header)}
              options={[LEFT_OUT, ...headers].map((header) => ({ value: header, label: header }))}
              popupMatchSelectWidth={false}
            />
            {one.how === '相近' && <i>按相近的叫法猜的，请核对</i>}
          </li>
        ))}
      </ul>
      {first.unused.length > 0 && <p className="preview-note">不导入的列：{first.unused.join('、')}</p>}
      <details>
        <summary>存成映射，下次自动对上</summary>
        <pre className="preview-yaml">{shown.mapping}</pre>
      </details>
    </>
  )
}

function Turned({ problems, all }: { problems: readonly RowProblem[]; all: number }) {
  if (!problems.length) return null
  return (
    <section className="preview-turned" aria-label="退回的行">
      <h4>
        <WarningOutlined /> 退回的行
        {all > problems.length && `（先列${problems.length}行，导入后可以下载全部${number(all)}行）`}
      </h4>
      <ol>
        {problems.map((one) => (
          <li key={`${one.sheet}${one.line}`}>
            <b>
              {one.sheet}第{one.line}行{one.column && ` ${one.column}`}
            </b>
            {one.value && <q>{one.value}</q>} {one.problem}
          </li>
        ))}
      </ol>
    </section>
  )
}

function Changed({ changes }: { changes: readonly RowChange[] }) {
  if (!changes.length) return null
  return (
    <section className="preview-changed" aria-label="更新的行">
      <h4>更新的行</h4>
      <ol>
        {changes.map((one) => (
          <li key={`${one.line}${one.column}`}>
            第{one.line}行 {one.id} {one.column}：<del>{one.before ?? '空'}</del> →{' '}
            <ins>{one.after ?? '空'}</ins>
          </li>
        ))}
      </ol>
    </section>
  )
}
