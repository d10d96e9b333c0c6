import { Drawer } from 'antd'
import { useState } from 'react'
import { ASK, GROUPS, pagesOf, type PageEntry } from '../pages/registry'
import { go } from '../state/route'
import { CloseOutlined, DownOutlined } from './icons'

interface Props {
  current: PageEntry
  /** Where 问答 leads: the conversation that is open behind the other pages. */
  home: string
  roles: readonly string[] | null
}

/** All pages at a glance, above the list of conversations. */
export function PageIndex(props: Props) {
  return (
    <nav className="index" aria-label="功能">
      <Groups {...props} />
    </nav>
  )
}

/** On a phone: the page's name in the bar; touched, it opens the index from below. */
export function PageSwitch(props: Props) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        className="page-switch"
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-label={`${props.current.label}，换一个功能`}
        onClick={() => setOpen(true)}
      >
        {props.current.label}
        <DownOutlined />
      </button>
      <Drawer
        placement="bottom"
        size="auto"
        open={open}
        onClose={() => setOpen(false)}
        closable={false}
        aria-label="功能"
        rootClassName="index-sheet"
      >
        <nav className="index" aria-label="功能">
          <button type="button" className="index-close" aria-label="关闭" onClick={() => setOpen(false)}>
            <CloseOutlined />
          </button>
          <Groups {...props} hints chosen={() => setOpen(false)} />
        </nav>
      </Drawer>
    </>
  )
}

function Groups({ current, home, roles, hints, chosen }: Props & { hints?: boolean; chosen?: () => void }) {
  return GROUPS.map((group) => {
    const pages = pagesOf(group, roles)
    if (!pages.length) return null
    return (
      <section key={group} aria-label={group}>
        <h2 aria-hidden="true">{group}</h2>
        {pages.map((page) => {
          const path = page === ASK ? home : page.path
          return (
            <a
              key={page.key}
              href={path}
              title={hints ? undefined : page.hint}
              aria-current={page === current ? 'page' : undefined}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey) return
                event.preventDefault()
                chosen?.()
                go(path)
              }}
            >
              {page.label}
              {hints && <small aria-hidden="true">{page.hint}</small>}
            </a>
          )
        })}
      </section>
    )
  })
}
