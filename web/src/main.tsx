import './state/policy' // before anything that makes styles
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App'
import './styles/tokens.css'
import './styles/shell.css'
import './styles/answer.css'
import './styles/provision.css'
import './styles/pages.css'
import './styles/decisions.css'
import './styles/figures.css'
import './styles/files.css'
import './styles/papers.css'
import './styles/work.css'
import './styles/verdict.css'
import './styles/records.css'
import './styles/admin.css'
import './styles/print.css'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
