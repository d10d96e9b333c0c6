/**
 * Every page of the product. To add one: its component in a file of its own, and one entry here.
 *
 * The entry gives it its address, its place in the navigation, its title and its lazily loaded code; nothing else
 * has to know of it.
 */

import { lazy, type ComponentType } from 'react'

export interface PageProps {
  /** What stands after `?` in the address. */
  params: URLSearchParams
  /** What stands below the page's own path, without slashes at its ends: '' or, say, 'matter-17/drafts'. */
  below: string
}

export type Group = '问与查' | '核与审' | '写与办' | '数据与管理'
export const GROUPS: readonly Group[] = ['问与查', '核与审', '写与办', '数据与管理']

export interface PageEntry {
  key: string
  path: `/${string}`
  /** At most four characters, so that the index stays two even columns. */
  label: string
  /** One line for the phone's sheet and as a tool tip: what one does there. */
  hint: string
  group: Group
  /** The conversation alone has none: the desk keeps it open behind the other pages. */
  view?: ComponentType<PageProps>
  /** Who sees it; everybody when absent. */
  roles?: readonly string[]
}

export const ASK: PageEntry = {
  key: 'ask',
  path: '/',
  label: '问答',
  hint: '写下案情或问题',
  group: '问与查',
}

export const PAGES: readonly PageEntry[] = [
  ASK,
  {
    key: 'search',
    path: '/search',
    label: '检索',
    hint: '查条文、清单、基准',
    group: '问与查',
    view: lazy(() => import('./SearchPage')),
  },
  {
    key: 'decisions',
    path: '/decisions',
    label: '复议案例',
    hint: '类似决定、异同与统计',
    group: '问与查',
    view: lazy(() => import('./DecisionsPage')),
  },
  {
    key: 'check',
    path: '/check',
    label: '核验引文',
    hint: '文稿里的引文逐款核对',
    group: '核与审',
    view: lazy(() => import('./CheckPage')),
  },
  {
    key: 'exemption',
    path: '/exemption',
    label: '免罚核验',
    hint: '能不能不罚，还缺什么',
    group: '核与审',
    view: lazy(() => import('./ExemptionPage')),
  },
  {
    key: 'proportionality',
    path: '/proportionality',
    label: '过罚相当',
    hint: '拟罚是否合适，程序齐否',
    group: '核与审',
    view: lazy(() => import('./ProportionalityPage')),
  },
  {
    key: 'files',
    path: '/files',
    label: '案卷评查',
    hint: '交一卷，逐项查出毛病',
    group: '核与审',
    view: lazy(() => import('./FilesPage')),
    roles: ['公职律师', '执法人员'],
  },
  {
    key: 'opinions',
    path: '/opinions',
    label: '文书',
    hint: '由事实拟成文书，复核、定稿、出 Word',
    group: '写与办',
    view: lazy(() => import('./OpinionsPage')),
  },
  {
    key: 'figures',
    path: '/figures',
    label: '数据',
    hint: '执法数据，附算式与出处',
    group: '数据与管理',
    view: lazy(() => import('./FiguresPage')),
  },
  {
    key: 'matters',
    path: '/matters',
    label: '事项',
    hint: '公职律师的事项：分派、办理、审核、签发',
    group: '写与办',
    view: lazy(() => import('./MattersPage')),
    roles: ['管理员', '公职律师', '执法人员', '只读'],
  },
  {
    key: 'hotline',
    path: '/hotline',
    label: '热线',
    hint: '12345 工单：草稿、核准、口径',
    group: '写与办',
    view: lazy(() => import('./HotlinePage')),
    roles: ['管理员', '公职律师', '热线坐席', '只读'],
  },
  {
    key: 'watch',
    path: '/watch',
    label: '变动提醒',
    hint: '哪些回答和文书的依据变了',
    group: '数据与管理',
    view: lazy(() => import('./WatchPage')),
  },
  {
    key: 'admin',
    path: '/admin',
    label: '管理',
    hint: '人员、令牌、知识来源、运行、审计',
    group: '数据与管理',
    view: lazy(() => import('./AdminPage')),
    roles: ['管理员'],
  },
]

/** The page an address belongs to; the conversation's for `/`, `/c/…` and what no page claims. */
export function pageAt(path: string): PageEntry {
  return PAGES.find((page) => page !== ASK && (path === page.path || path.startsWith(`${page.path}/`))) ?? ASK
}

/** The pages of a group that somebody with these roles sees; without accounts (`null`) everybody sees all. */
export function pagesOf(group: Group, roles: readonly string[] | null): readonly PageEntry[] {
  return PAGES.filter(
    (page) =>
      page.group === group && (!page.roles || !roles || page.roles.some((role) => roles.includes(role))),
  )
}
