import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';

import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** A browser that came by HTTPS once comes by nothing else for this long, seconds. */
const secureForSeconds = 31_536_000;

/**
 * The one style element on our pages: lightweight-charts 5.2.1 writes it for the mark that its licence
 * asks for. Its text never changes, so its hash lets in this one and no other. The browser names the
 * new hash when an upgrade changes it (tests/e2e/headers.spec.ts fails then).
 */
const chartMarkStyle = "'sha256-3pRED1tOXas1FXFoPb9TGCjmYe9XQsmO9OV23khV2nY='";

/**
 * Headers that keep a page to what is ours. Each page gets a nonce of its own in
 * `response.locals.nonce`; only scripts that carry it run besides our files.
 */
export const securityHeaders: RequestHandler = (request, response, next) => {
  const nonce = randomBytes(16).toString('base64');
  response.locals['nonce'] = nonce;
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", `'nonce-${nonce}'`],
        scriptSrcAttr: ["'none'"],
        styleSrc: ["'self'", chartMarkStyle],
        // A width or two is written as an attribute; it can move things, and run nothing.
        styleSrcAttr: ["'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'", ...socketsOf(request)],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: isHttps(request)
      ? { maxAge: secureForSeconds, includeSubDomains: false }
      : false,
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  })(request, response, next);
};

/** Our own WebSockets by name: not every browser takes them for 'self'. */
function socketsOf({ headers: { host } }: IncomingMessage): string[] {
  return host !== undefined && /^[\w.:[\]-]+$/.test(host) ? [`ws://${host}`, `wss://${host}`] : [];
}

/** Whether the browser came by HTTPS, to us or to what stands before us. */
function isHttps(request: IncomingMessage): boolean {
  return (
    (request.socket as Partial<TLSSocket>).encrypted === true ||
    request.headers['x-forwarded-proto'] === 'https'
  );
}
