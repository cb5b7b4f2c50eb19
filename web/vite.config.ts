import { vitePlugin as remix } from '@remix-run/dev';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';

declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true;
  }
}

export default defineConfig({
  plugins: [
    tailwindcss(),
    remix({
      future: {
        v3_fetcherPersist: true,
        v3_relativeSplatPath: true,
        v3_throwAbortReason: true,
        v3_singleFetch: true,
      },
    }),
  ],
  // The workspace root carries React 19 for GraphiQL; everything of ours runs on the React 18 that
  // Remix needs, so packages hoisted to the root are bundled and share this one copy.
  resolve: { dedupe: ['react', 'react-dom'] },
  ssr: { noExternal: [/^@remix-run\/react/, /^react-router/, 'urql'] },
  server: {
    proxy: { '/graphql': { target: process.env['API_URL'] ?? 'http://127.0.0.1:3001', ws: true } },
  },
});
