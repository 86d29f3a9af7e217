import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { type Plugin, defaultClientConditions, defineConfig } from 'vite';

/** Every browser this build supports reads woff2; the other two copies of KaTeX's fonts would double the assets. */
function katexFontsAsWoff2Only(): Plugin {
  return {
    name: 'katex-fonts-as-woff2-only',
    enforce: 'pre',
    transform: (code, id) =>
      id.includes('katex') && id.endsWith('.css')
        ? code.replace(/,\s*url\([^)]*\.(?:woff|ttf)\)\s*format\([^)]*\)/g, '')
        : null,
  };
}

const server = process.env['HANDOFF_SERVER'] ?? 'http://localhost:8080';

export default defineConfig({
  plugins: [katexFontsAsWoff2Only(), react(), tailwindcss()],
  resolve: { conditions: ['handoff-source', ...defaultClientConditions] },
  build: { target: 'es2022', assetsInlineLimit: 0 },
  server: {
    proxy: {
      '/api': server,
      '^/ai/(task|chat/(message|config|history)|generate-question|upload-image)/': server,
      '/media': server,
    },
  },
});
