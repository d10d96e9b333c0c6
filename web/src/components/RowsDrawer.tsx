import { Button, Drawer, Pagination, Skeleton } from 'antd'
import { useMemo, useState } from 'react'
import * as records from '../api/records'
import type { RowPage } from '../api/types'
import { useFetched, useNarrow } from '../state/hooks'
import { number, rowsName } from '../text/figures'
import { DownloadOutlined, WarningOutlined } from './icons'
import { RowTable } from './RowTable'
import { ProblemNote } from './ProblemNote'

/** The rows behind a number, page by page, and whole as a spreadsheet. */
export default function RowsDrawer({ asked, close }: { asked: records.Asked; close: () => void }) {
  const narrow = useNarrow()
  const [page, setPage] = useState(1)
  const request = useMemo(() => (signal: AbortSignal) => records.rows(asked, page, signal), [asked, page])
  const { value, problem, loading, retry } = useFetched<RowPage>(request)
  return (
    <Drawer
      open
      onClose={close}
      size={narrow ? '100%' : 920}
      title={rowsName(asked)}
      extra={
        <Button icon={<DownloadOutlined />} href={records.rowsAddress(asked)} download>
          导出 Excel
        </Button>
      }
    >
      {problem && <ProblemNote problem={problem} retry={retry} />}
      {loading && !value && <Skeleton active paragraph={{ rows: 10 }} />}
      {value && !problem && (
        <>
          <p className="rows-rule">{value.text}</p>
          {value.flags.map((flag) => (
            <p key={flag.text} className="sample-note">
              <WarningOutlined /> {flag.text}
            </p>
          ))}
          <p className="figure-count" role="status">
            {number(value.filter.rows)} 行，新的在前；人名只显示姓，证号只显示末四位
          </p>
          <RowTable columns={value.columns} rows={value.rows} label="明细" busy={loading} />
          <Pagination
            size="small"
            hideOnSinglePage
            showSizeChanger={false}
            simple={narrow}
            pageSize={50}
            current={page}
            total={value.filter.rows}
            onChange={setPage}
          />
        </>
      )}
    </Drawer>
  )
}
