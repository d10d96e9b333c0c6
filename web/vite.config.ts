import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// While developing, the page comes from Vite and everything else from a running `counsel serve`.
const server = 'http://127.0.0.1:8000'

export default defineConfig({
  plugins: [react()],
  // The server puts a new nonce in its place with every answer (api/page.py).
  html: { cspNonce: 'CSP_NONCE' },
  build: { target: 'es2022', chunkSizeWarningLimit: 700 },
  server: { proxy: { '/api': server, '/readyz': server } },
})
