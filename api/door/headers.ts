import type { RequestHandler } from 'express';
import cors from 'cors';
import helmet, { strictTransportSecurity } from 'helmet';
import type { CallerRequest } from './caller.ts';

/** A browser that came by HTTPS once comes by nothing else for a year. */
const secureOnly = strictTransportSecurity({ maxAge: 31_536_000, includeSubDomains: false });

/** Seconds that a browser may remember what another origin may do. */
const preflightSeconds = 600;

/**
 * Headers that keep a browser from doing more with an answer than reading it. `isHttps` says whether
 * the browser came by HTTPS.
 */
export function securityHeaders(isHttps: (request: CallerRequest) => boolean): RequestHandler[] {
  return [
    helmet({
      // Data is no page: it loads nothing and stands in no frame. The explorer sets its own policy.
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          baseUri: ["'none'"],
          formAction: ["'none'"],
          frameAncestors: ["'none'"],
        },
      },
      strictTransportSecurity: false,
      xFrameOptions: { action: 'deny' },
    }),
    (request, response, next) => {
      if (isHttps(request)) secureOnly(request, response, next);
      else next();
    },
  ];
}

/**
 * Lets pages of the configured origins call by script, without cookies: they bring a token or a key.
 * Pages of other origins get no leave, and their browser then neither sends JSON nor shows an answer.
 */
export function crossOriginCalls(origins: readonly string[]): RequestHandler {
  return cors({
    origin: origins.length === 0 ? false : [...origins],
    credentials: false,
    methods: ['POST'],
    allowedHeaders: ['content-type', 'authorization'],
    exposedHeaders: ['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset', 'Retry-After'],
    maxAge: preflightSeconds,
  });
}
