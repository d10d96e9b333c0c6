import { Button } from 'antd'
import type { FigureAnswer, Flag, Operand } from '../api/types'
import { figurePath, go } from '../state/route'
import { FLAGS, number, numbersOf, when } from '../text/figures'
import { FigureRows } from './FigureRanking'
import { WarningOutlined } from './icons'

interface Props {
  figure: FigureAnswer
  /** In a conversation the text below says the rest. */
  brief?: boolean
  /** What was asked, so that the way back from the rows leads here. */
  question?: string
}

/** A number with what it is of, how it was computed, where it stands, and what to heed. */
export function FigureCard({ figure, brief = false, question = '' }: Props) {
  const ranked = Boolean((figure as Partial<FigureAnswer>).rankings?.length || figure.months?.length)
  const numbers = ranked && figure.values.length > 0 ? [] : numbersOf(figure)
  return (
    <section className="figure-card" data-answered={figure.answered} aria-label="数据">
      {figure.answered ? (
        <>
          <p className="figure-number">
            {numbers.map((value, at) => (
              <span key={at}>
                <b>{number(value)}</b>
                {figure.unit && <i>{figure.unit}</i>}
              </span>
            ))}
          </p>
          <p className="figure-of">
            {figure.sample && <b className="sample-mark">示例</b>}
            {figure.name}
            {figure.scope && <span>{figure.scope}</span>}
            {when(figure.period) && <span>{when(figure.period)}</span>}
          </p>
        </>
      ) : (
        <p className="figure-none">{figure.text.split('\n')[0]}</p>
      )}
      {figure.answered && <FigureRows figure={figure} question={question} />}
      {!brief && figure.formula && <p className="figure-formula">{figure.formula}</p>}
      {!brief && figure.answered && <Notes text={figure.text} />}
      <Flags flags={figure.flags} brief={brief} />
      {!brief && <Operands operands={figure.operands} caption="数据与出处" />}
      {!brief && <Operands operands={figure.nearest} caption="最接近的已知数" />}
      {figure.alternatives.length > 0 && (
        <div className="figure-others">
          <span>{figure.answered ? '也可能要问' : '可以这样问'}</span>
          {figure.alternatives.map((question) => (
            <Button key={question} size="small" onClick={() => go(figurePath(question))}>
              {question}
            </Button>
          ))}
        </div>
      )}
    </section>
  )
}

/** How the question was read, and the single findings of a check. */
function Notes({ text }: { text: string }) {
  const lines = text
    .split('\n')
    .slice(1)
    .filter((line) => line && !/^(算式|出处|提示)：/.test(line))
  if (!lines.length) return null
  return (
    <ul className="figure-notes">
      {lines.map((line) => (
        <li key={line}>{line.replace(/^说明：/, '')}</li>
      ))}
    </ul>
  )
}

function Flags({ flags, brief }: { flags: readonly Flag[]; brief: boolean }) {
  if (!flags.length) return null
  return (
    <ul className="figure-flags" aria-label="提示">
      {flags.map((flag) => (
        <li key={flag.text} data-code={flag.code}>
          <WarningOutlined /> <b>{FLAGS[flag.code]}</b> {!brief && flag.text}
        </li>
      ))}
    </ul>
  )
}

function Operands({ operands, caption }: { operands: readonly Operand[]; caption: string }) {
  if (!operands.length) return null
  return (
    <table className="figure-operands">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th>指标</th>
          <th>值</th>
          <th>时点</th>
          <th>范围</th>
          <th>出处</th>
        </tr>
      </thead>
      <tbody>
        {operands.map((operand, at) => (
          <tr key={at}>
            <td>{operand.name}</td>
            <td className="figure-value">
              {number(operand.value)}
              {operand.unit}
            </td>
            <td>{when(operand)}</td>
            <td>{operand.scope}</td>
            <td>{operand.source}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
