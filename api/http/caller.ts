import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import type { UserView } from '@nandax/app/views.ts';
import { createLoaders } from '../loaders.ts';
import type { ApiPorts } from '../ports.ts';

/** What is read of a request. */
export type CallerRequest = Pick<IncomingMessage, 'headers' | 'socket'>;

/** Who sends a request, and from where. */
export interface Caller {
  readonly viewer: UserView | null;
  readonly userAgent: string | null;
  readonly ipAddress: string | null;
  /** Whether the caller's browser speaks HTTPS. */
  readonly https: boolean;
  /** Secret of the session that was sent; null: none. */
  readonly sessionSecret: string | null;
  /** Set-Cookie value that prolongs the session; null: it does not need it. */
  readonly cookie: string | null;
}

/**
 * Reads the caller out of a request. What the web says about the browser behind it (address,
 * protocol) is believed only under the secret that the processes of this installation share.
 */
export async function callerOf(
  request: CallerRequest,
  ports: Pick<ApiPorts, 'sessions' | 'reads'>,
  installationSecret: string | undefined,
): Promise<Caller> {
  const { headers, socket } = request;
  const trusted = equals(headerOf(request, 'x-nandax-secret'), installationSecret);
  const forwarded = (name: string) => (trusted ? headerOf(request, name) : null);
  const https =
    (socket as Partial<TLSSocket>).encrypted === true || forwarded('x-forwarded-proto') === 'https';
  const sessionSecret = ports.sessions.secretIn(headers.cookie ?? '');
  const session =
    sessionSecret === null ? null : await ports.sessions.find(sessionSecret, { https });
  return {
    viewer: session === null ? null : await createLoaders(ports.reads).user.load(session.userId),
    userAgent: headers['user-agent'] ?? null,
    ipAddress: forwarded('x-forwarded-for') ?? socket.remoteAddress ?? null,
    https,
    sessionSecret,
    cookie: session?.cookie ?? null,
  };
}

/**
 * Whether a request comes from a page of the host it is sent to, or from a program. Browsers let any
 * page open a WebSocket anywhere and send the cookies along, so this check is ours to make.
 */
export function isOwnOrigin({ headers }: CallerRequest): boolean {
  const { origin, host } = headers;
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

function headerOf({ headers }: CallerRequest, name: string): string | null {
  const value = headers[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

function equals(claimed: string | null, secret: string | undefined): boolean {
  if (claimed === null || secret === undefined) return false;
  const [left, right] = [Buffer.from(claimed), Buffer.from(secret)];
  return left.length === right.length && timingSafeEqual(left, right);
}
