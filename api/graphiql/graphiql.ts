import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { type Router } from 'express';

const require = createRequire(import.meta.url);

/** A file of an installed package, which may not export it. */
function fileOf(packageName: string, path: string): string {
  return join(dirname(require.resolve(`${packageName}/package.json`)), path);
}

/** Everything the page loads, from our own node_modules: it works without the internet. */
const assets: Readonly<Record<string, string>> = {
  'graphiql.css': fileOf('graphiql', 'graphiql.min.css'),
  'graphiql.js': fileOf('graphiql', 'graphiql.min.js'),
  'react.js': fileOf('react', 'umd/react.production.min.js'),
  'react-dom.js': fileOf('react-dom', 'umd/react-dom.production.min.js'),
  'graphql-ws.js': fileOf('graphql-ws', 'umd/graphql-ws.min.js'),
  'boot.js': fileURLToPath(new URL('./boot.js', import.meta.url)),
};

const scripts = ['react.js', 'react-dom.js', 'graphql-ws.js', 'graphiql.js', 'boot.js'];

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>NandaX API</title>
    <link rel="stylesheet" href="/graphql/assets/graphiql.css" />
    <style>html, body, #graphiql { height: 100%; margin: 0; }</style>
  </head>
  <body>
    <div id="graphiql">Loading the explorer …</div>
${scripts.map((name) => `    <script src="/graphql/assets/${name}"></script>`).join('\n')}
  </body>
</html>
`;

/** GraphiQL writes its style sheets as it goes; its scripts are files, and stay so. */
function pagePolicy(host: string): string {
  return [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    `connect-src 'self'${/^[\w.:[\]-]+$/.test(host) ? ` ws://${host} wss://${host}` : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/**
 * The explorer of the contract at /graphql for browsers; programs are told to POST. Without
 * introspection it could show nothing, and says so.
 */
export function graphiql({ introspection }: { readonly introspection: boolean }): Router {
  const router = express.Router();
  router.get('/graphql', (request, response) => {
    if (!request.accepts(['json', 'html']) || request.accepts(['json', 'html']) === 'json') {
      response.status(405).set('allow', 'POST').json({ error: 'Send operations with POST.' });
      return;
    }
    if (!introspection) {
      const words = 'The explorer is off: this installation does not show its schema.';
      response.status(404).type('text').send(words);
      return;
    }
    response
      .set('content-security-policy', pagePolicy(request.get('host') ?? ''))
      .type('html')
      .send(page);
  });
  router.get('/graphql/assets/:name', (request, response) => {
    const file = Object.hasOwn(assets, request.params.name)
      ? assets[request.params.name]
      : undefined;
    if (file === undefined) {
      response.sendStatus(404);
      return;
    }
    // The files live below a dot-free path of ours; the names are those of the list above only.
    response.set('cache-control', 'public, max-age=3600').sendFile(file, { dotfiles: 'allow' });
  });
  return router;
}
