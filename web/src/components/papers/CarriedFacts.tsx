import { Button } from 'antd'
import { flat } from '../../state/caseForms'
import { valueInWords } from '../../text/cases'
import { CloseOutlined } from '../icons'
import { useFactFields } from '../verdict/Questions'

interface Props {
  facts: Record<string, unknown>
  change: (facts: Record<string, unknown>) => void
}

/** The facts that come along with a case, each with its words, to be struck out where they should not go into the paper. */
export function CarriedFacts({ facts, change }: Props) {
  const fields = useFactFields()
  const { values, quotes } = flat(facts)
  const names = Object.keys(values)
  if (!names.length) return null
  return (
    <section className="paper-carried" aria-label="带来的事实">
      <h3>
        带来的事实 <small>写进文书以前可以去掉；拟稿以后还可以改</small>
      </h3>
      <ul>
        {names.map((name) => {
          const label = fields.get(name)?.label ?? name.replace(/^other\./, '')
          return (
            <li key={name}>
              <b>{label}</b>
              <span>{valueInWords(values[name], fields.get(name)?.unit)}</span>
              {quotes[name] && <q>{quotes[name]}</q>}
              <Button
                type="text"
                size="small"
                aria-label={`去掉${label}`}
                icon={<CloseOutlined />}
                onClick={() => change(without(facts, name))}
              />
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function without(facts: Record<string, unknown>, name: string): Record<string, unknown> {
  const { other, ...rest } = facts
  if (!name.startsWith('other.')) {
    const kept = Object.fromEntries(Object.entries(rest).filter(([own]) => own !== name))
    return { ...kept, ...(other !== undefined && { other }) }
  }
  const left = Object.entries((other ?? {}) as Record<string, unknown>).filter(
    ([own]) => own !== name.slice(6),
  )
  return { ...rest, ...(left.length > 0 && { other: Object.fromEntries(left) }) }
}
