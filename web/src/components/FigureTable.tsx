import { Button, Input, Select, Table } from 'antd'
import { useMemo, useState } from 'react'
import * as counsel from '../api/counsel'
import type { Figure, FigureOverview } from '../api/types'
import { number, when } from '../text/figures'
import { DownloadOutlined, SearchOutlined } from './icons'

/** Every figure that is held, to filter and to take away as a spreadsheet. */
export default function FigureTable({ held }: { held: FigureOverview }) {
  const [q, setQ] = useState('')
  const [scope, setScope] = useState<string | null>(null)
  const [year, setYear] = useState<number | null>(null)
  const years = useMemo(() => [...new Set(held.figures.map((f) => f.year))].sort((a, b) => b - a), [held])
  // Where no year is chosen, the report is of the year that most is known of.
  const fullest = useMemo(() => {
    const count = (one: number) => held.figures.filter((f) => f.year === one).length
    return years.reduce((best, one) => (count(one) > count(best) ? one : best), years[0] ?? 0)
  }, [held, years])
  const word = q.trim()
  const rows = useMemo(
    () =>
      held.figures.filter(
        (f) =>
          (!scope || f.scope === scope) &&
          (!year || f.year === year) &&
          (!word || `${f.metric}${f.scope}${f.place}${f.quote ?? ''}`.includes(word)),
      ),
    [held, scope, year, word],
  )
  return (
    <section aria-label="全部数据">
      <div className="figure-filter">
        <Input
          aria-label="筛选"
          placeholder="指标、范围或原文里的词"
          prefix={<SearchOutlined />}
          allowClear
          maxLength={60}
          value={q}
          onChange={(event) => setQ(event.target.value)}
        />
        <Select
          aria-label="范围"
          placeholder="全部范围"
          allowClear
          value={scope}
          onChange={(chosen: string | undefined) => setScope(chosen ?? null)}
          options={held.scopes.map((one) => ({ value: one.scope, label: one.scope }))}
          popupMatchSelectWidth={false}
        />
        <Select
          aria-label="年份"
          placeholder="全部年份"
          allowClear
          value={year}
          onChange={(chosen: number | undefined) => setYear(chosen ?? null)}
          options={years.map((one) => ({ value: one, label: `${one}年` }))}
        />
        <Button icon={<DownloadOutlined />} href={counsel.figuresAddress({ q: word, scope, year })} download>
          导出 Excel
        </Button>
        <Button icon={<DownloadOutlined />} href={counsel.reportAddress(year ?? fullest)} download>
          {year ?? fullest}年报告初稿
        </Button>
      </div>
      <p className="figure-count" role="status">
        {rows.length} 个数
      </p>
      <Table<Figure>
        size="small"
        rowKey={(f) => `${f.metric}|${f.scope}|${f.year}|${f.as_of ?? ''}`}
        dataSource={rows}
        scroll={{ x: 720 }}
        pagination={{ pageSize: 15, showSizeChanger: false, hideOnSinglePage: true, size: 'small' }}
        columns={[
          { title: '指标', dataIndex: 'metric', width: 150 },
          {
            title: '值',
            width: 110,
            align: 'right',
            render: (_, f) => (
              <span className="figure-value">
                {f.stated === '约' ? '约' : ''}
                {number(f.value)}
                {f.stated === '余' ? '余' : ''}
                {f.unit}
              </span>
            ),
          },
          { title: '时点', width: 140, render: (_, f) => when(f) },
          { title: '范围', dataIndex: 'scope', width: 130 },
          {
            title: '出处',
            render: (_, f) => (
              <>
                《{f.source}》{f.place}
                {f.quote && <q className="figure-quote">{f.quote}</q>}
                {f.state !== '公开页面' && <b className="figure-state">{f.state}</b>}
              </>
            ),
          },
        ]}
      />
    </section>
  )
}
