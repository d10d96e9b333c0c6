import { type ThemeConfig, theme } from 'antd'
import { useCallback, useEffect, useState } from 'react'
import { useMedia } from './hooks'

export type Shade = 'light' | 'dark'
const KEY = 'counsel.shade'

/** Light or dark: the reader's choice, else the system's. */
export function useShade(): [Shade, (shade: Shade) => void] {
  const system: Shade = useMedia('(prefers-color-scheme: dark)') ? 'dark' : 'light'
  const [chosen, setChosen] = useState<Shade | null>(() => {
    const kept = localStorage.getItem(KEY)
    return kept === 'light' || kept === 'dark' ? kept : null
  })
  const shade = chosen ?? system
  useEffect(() => {
    document.documentElement.dataset.shade = shade
  }, [shade])
  const choose = useCallback((next: Shade) => {
    localStorage.setItem(KEY, next)
    setChosen(next)
  }, [])
  return [shade, choose]
}

const SANS =
  'dot, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei UI", "Noto Sans CJK SC", "Source Han Sans SC", system-ui, sans-serif'

/** antd in the colours of styles/tokens.css; `still` for readers who asked their system for less motion. */
export function antdTheme(shade: Shade, still: boolean): ThemeConfig {
  const dark = shade === 'dark'
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: dark ? '#8fb0dc' : '#1f3b63',
      colorInfo: dark ? '#8fb0dc' : '#1f3b63',
      colorLink: dark ? '#9dbbe3' : '#1f4a86',
      colorError: dark ? '#e9806f' : '#b3362a',
      colorWarning: dark ? '#d9a653' : '#8f5f08',
      colorSuccess: dark ? '#6fbf95' : '#1d6b46',
      colorBgBase: dark ? '#14181f' : '#ffffff',
      colorTextBase: dark ? '#e8e5dd' : '#1c2533',
      colorBorder: dark ? '#38414f' : '#d8d3c7',
      colorBorderSecondary: dark ? '#2a313c' : '#e8e4da',
      borderRadius: 8,
      fontFamily: SANS,
      fontSize: 14,
      controlHeight: 34,
      motion: !still,
      motionDurationMid: '0.16s',
      motionDurationSlow: '0.22s',
      // What antd derives from the base is bluer than the sheets it lies on.
      ...(dark && {
        colorTextLightSolid: '#10151d',
        colorBgContainer: '#181d25',
        colorBgElevated: '#1d232c',
      }),
    },
  }
}
