import { App, Button, Skeleton } from 'antd'
import { lazy, Suspense } from 'react'
import { asProblem } from '../api/http'
import * as records from '../api/records'
import type { RecordImport, RecordOverview } from '../api/types'
import { useFetched } from '../state/hooks'
import { figurePath, go } from '../state/route'
import { number } from '../text/figures'
import { DownloadOutlined, WarningOutlined } from './icons'
import { ProblemNote } from './ProblemNote'
import { RecordUpload } from './RecordUpload'

const RecordRanking = lazy(() => import('./RecordRanking'))
const RecordComparison = lazy(() => import('./RecordComparison'))

/** The office's own rows: what is held, departments side by side, and bringing in more. */
export default function RecordsSection({ years, asked }: { years: readonly number[]; asked: boolean }) {
  const { value, problem, retry: again } = useFetched<RecordOverview>(records.overview)
  // After an import, or its undoing, the numbers are others.
  const turn = value?.imports.map((made) => `${made.id}${made.undone}`).join()
  return (
    <section className="records" aria-label="本单位的明细">
      <div className="records-head">
        <h2>本单位的明细</h2>
        <RecordUpload done={again} />
      </div>
      {problem && <ProblemNote problem={problem} retry={again} />}
      {!value && !problem && <Skeleton active paragraph={{ rows: 3 }} />}
      {value && value.holdings.length === 0 && (
        <p className="records-none">
          还没有明细。导入执法监督平台导出的检查、处罚、改正，执法人员名册和权责清单，复议、应诉台账，热线工单，就能按部门、时段来问，看排名和末位，点开每个数背后的行。
        </p>
      )}
      {value && value.holdings.length > 0 && (
        <>
          {value.sample && (
            <p className="sample-note">
              <WarningOutlined />{' '}
              示例数据：由程序生成，不是真实记录，不得引用。导入真实的表以后，示例不再计入任何数。
            </p>
          )}
          <Holdings held={value} />
          {!asked && (
            <div className="figure-others" aria-label="可以这样问明细">
              <span>可以问</span>
              {value.examples.map((question) => (
                <Button key={question} size="small" onClick={() => go(figurePath(question))}>
                  {question}
                </Button>
              ))}
            </div>
          )}
          <Suspense fallback={<Skeleton active paragraph={{ rows: 8 }} />}>
            <RecordRanking key={turn} held={value} />
            {!value.sample && <RecordComparison key={turn} years={years} />}
          </Suspense>
          <Imports imports={value.imports} changed={again} />
        </>
      )}
    </section>
  )
}

function Holdings({ held }: { held: RecordOverview }) {
  return (
    <ul className="holdings">
      {held.holdings.map((one) => (
        <li key={one.kind} title={one.description}>
          <b>{one.kind}</b>
          <span>
            {number(one.rows - (held.sample ? 0 : one.sample))}行
            {held.sample && <b className="sample-mark">示例</b>}
          </span>
          <i>
            {one.first && one.last ? `${one.first}至${one.last}` : '不分时段'}
            {one.departments > 0 && `，${one.departments}个部门`}
          </i>
        </li>
      ))}
    </ul>
  )
}

function Imports({ imports, changed }: { imports: readonly RecordImport[]; changed: () => void }) {
  const { modal, message } = App.useApp()
  const undo = (made: RecordImport) =>
    modal.confirm({
      title: `撤销“${made.file}”这次导入？`,
      content: `“${made.kind}”回到这次导入之前：去掉新增的${number(made.counts.new)}行，更新的${number(made.counts.changed)}行恢复原来的内容。`,
      okText: '撤销',
      cancelText: '不撤销',
      onOk: async () => {
        try {
          await records.undo(made.id)
          changed()
        } catch (error) {
          const { title, detail } = asProblem(error)
          message.error(`${title}：${detail}`)
        }
      },
    })
  return (
    <details className="imports">
      <summary>导入记录（{imports.length}次）</summary>
      <ol>
        {imports.map((made) => (
          <li key={made.id} data-undone={made.undone}>
            <b>{made.file}</b>
            {made.sample > 0 && <b className="sample-mark">示例</b>}
            <span>
              {made.kind}，{made.at.slice(0, 10)}
              {made.who && `，${made.who}`}：新增{number(made.counts.new)}，不变{number(made.counts.same)}
              ，更新
              {number(made.counts.changed)}，退回{number(made.counts.rejected)}
            </span>
            {made.undone ? (
              <i>已撤销</i>
            ) : (
              <>
                {made.counts.rejected + made.counts.changed > 0 && (
                  <Button
                    size="small"
                    icon={<DownloadOutlined />}
                    href={records.importAddress(made.id)}
                    aria-label={`${made.file}退回和更新的行`}
                    download
                  >
                    退回和更新的行
                  </Button>
                )}
                <Button size="small" type="text" onClick={() => undo(made)}>
                  撤销
                </Button>
              </>
            )}
          </li>
        ))}
      </ol>
    </details>
  )
}
