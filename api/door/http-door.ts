import express, {
  type ErrorRequestHandler,
  type RequestHandler,
  type Response,
  type Router,
} from 'express';
import { GraphQLError, type DocumentNode, type GraphQLSchema } from 'graphql';
import type { Log } from '@nandax/app/ports/world.ts';
import type { Context } from '../context.ts';
import type { FormatError } from '../errors/format-error.ts';
import {
  badInputError,
  documentTooLargeError,
  forbiddenError,
  internalError,
  rateLimitedError,
} from '../errors/graphql-errors.ts';
import { isAllowedOrigin, type CallerRequest } from './caller.ts';
import type { Claim, Credentials, Identified } from './credentials.ts';
import { readDocument } from './document-limits.ts';
import { readEventSequence } from './event-sequence.ts';
import type { BudgetVerdict, RequestBudgets } from './request-budgets.ts';

export interface HttpDoorOptions {
  readonly schema: GraphQLSchema;
  readonly log: Log;
  readonly credentials: Credentials;
  readonly budgets: RequestBudgets;
  readonly allowedOrigins: readonly string[];
  readonly format: FormatError;
  readonly claimOf: (request: CallerRequest) => Claim;
  readonly contextOf: (
    identified: Identified,
    claim: Claim,
    setCookie: (cookie: string) => void,
  ) => Context;
}

/** Bytes of a request: an uploaded file needs much, someone who is not logged in does not. */
const bodyLimits = { viewer: '32mb', stranger: '100kb' } as const;

/** What the steps of one request hand on. */
interface Passage {
  readonly claim: Claim;
  readonly identified: Identified;
}

/**
 * All that stands between a POST and its execution, in this order: who it is, whether the budget has
 * room, how long the body is, one operation and no batch, how much the document asks for. What passes
 * carries its context in `response.locals.context`.
 */
export function httpDoor(options: HttpDoorOptions): Router {
  const { credentials, budgets, contextOf } = options;
  const refuse = (response: Response, status: number, error: GraphQLError) =>
    response.status(status).json({ errors: [options.format(error)] });

  const identify: RequestHandler = async (request, response, next) => {
    const claim = options.claimOf(request);
    const identified = await credentials.identify(claim);
    const { identity } = identified;
    // What a cookie says counts from our own pages only; a browser sends it from any.
    if (
      claim.bearer === null &&
      identity !== null &&
      !isAllowedOrigin(request, options.allowedOrigins)
    ) {
      refuse(response, 403, forbiddenError('This request comes from another site.', []));
      return;
    }
    if (identity?.cookie != null) response.append('set-cookie', identity.cookie);
    response.locals['passage'] = { claim, identified } satisfies Passage;
    next();
  };

  const takeBudget: RequestHandler = async (_request, response, next) => {
    const { claim, identified } = passageOf(response);
    const verdict = await budgets.take({
      viewer: identified.identity?.viewer ?? null,
      ipAddress: claim.ipAddress,
    });
    response.set(rateLimitHeaders(verdict));
    if (verdict.allowed) {
      next();
      return;
    }
    const { limit, retryAfterSeconds } = verdict;
    const words = `That was more than ${limit} operations in a minute; wait a little.`;
    response.set('retry-after', String(retryAfterSeconds));
    refuse(response, 429, rateLimitedError(words, retryAfterSeconds));
  };

  const bodies: Record<keyof typeof bodyLimits, RequestHandler> = {
    viewer: express.json({ limit: bodyLimits.viewer }),
    stranger: express.json({ limit: bodyLimits.stranger }),
  };
  const readBody: RequestHandler = (request, response, next) => {
    const { identity } = passageOf(response).identified;
    bodies[identity === null ? 'stranger' : 'viewer'](request, response, next);
  };

  const readOperation: RequestHandler = (request, response, next) => {
    const body: unknown = request.body;
    if (Array.isArray(body)) {
      refuse(response, 400, badInputError('Send one operation a request; batches are not taken.'));
      return;
    }
    if (!hasQuery(body)) {
      // Whatever this is, Apollo says what is wrong with it.
      next();
      return;
    }
    try {
      const { query, variables } = body;
      response.locals['document'] = readDocument(options.schema, {
        query,
        variables: isRecord(variables) ? variables : null,
      });
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      refuse(response, 400, error);
      return;
    }
    next();
  };

  const makeContext: RequestHandler = async (_request, response, next) => {
    const { claim, identified } = passageOf(response);
    const context = contextOf(identified, claim, (cookie) => response.append('set-cookie', cookie));
    response.once('close', () => context.deadline.end());
    const document = response.locals['document'] as DocumentNode | undefined;
    if (document !== undefined) await readEventSequence(context, document);
    response.locals['context'] = context;
    next();
  };

  const router = express.Router();
  router.post('/graphql', identify, takeBudget, readBody, readOperation, makeContext);
  return router;
}

/** Answers what the body's reader refused, or a defect. */
export function answerFailures(log: Log, format: FormatError): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const status = statusOf(error);
    if (status >= 500) log.error({ error }, 'a request failed');
    response.status(status).json({ errors: [format(refusalOf(status, error))] });
  };
}

function passageOf(response: Response): Passage {
  return response.locals['passage'] as Passage;
}

/** As draft-ietf-httpapi-ratelimit-headers-06 has them: three fields, the reset in seconds. */
function rateLimitHeaders(verdict: BudgetVerdict): Record<string, string> {
  return {
    'ratelimit-limit': String(verdict.limit),
    'ratelimit-remaining': String(verdict.remaining),
    'ratelimit-reset': String(verdict.resetSeconds),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasQuery(body: unknown): body is { readonly query: string; readonly variables?: unknown } {
  return isRecord(body) && typeof body['query'] === 'string';
}

/** Status of what the body's reader refused; anything else is our fault. */
function statusOf(error: unknown): number {
  const status = (error as { readonly status?: unknown } | null)?.status;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}

function refusalOf(status: number, error: unknown): GraphQLError {
  if (status === 413) {
    const { limit = 0, length } = error as { readonly limit?: number; readonly length?: number };
    return documentTooLargeError('bytes', limit, length ?? limit + 1);
  }
  return status < 500 ? badInputError('The request cannot be read.') : internalError();
}
