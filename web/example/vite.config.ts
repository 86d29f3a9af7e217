import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

export default defineConfig({
  base: '/example/',
  plugins: [react()],
  resolve: { conditions: ['handoff-source', ...defaultClientConditions] },
  build: { target: 'es2022' },
  server: { proxy: { '/api': process.env['HANDOFF_SERVER'] ?? 'http://localhost:8080' } },
});
