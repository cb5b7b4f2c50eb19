import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import type { ApiPorts } from '../ports.ts';
import type { Claim } from './credentials.ts';

/** What is read of a request. */
export type CallerRequest = Pick<IncomingMessage, 'headers' | 'socket'>;

const bearerText = /^Bearer +(\S+)$/i;

/**
 * Reads out of a request who its sender claims to be, and from where. What the web says about the
 * browser behind it (address, protocol) is believed only under the secret that the processes of this
 * installation share.
 */
export function claimOf(
  request: CallerRequest,
  ports: Pick<ApiPorts, 'webSessions'>,
  installationSecret: string | undefined,
): Claim {
  const { headers, socket } = request;
  const trusted = equals(headerOf(request, 'x-nandax-secret'), installationSecret);
  const forwarded = (name: string) => (trusted ? headerOf(request, name) : null);
  return {
    bearer: bearerText.exec(headers.authorization ?? '')?.[1] ?? null,
    sessionSecret: ports.webSessions.secretIn(headers.cookie ?? ''),
    userAgent: headers['user-agent'] ?? null,
    ipAddress: plainAddress(forwarded('x-forwarded-for') ?? socket.remoteAddress ?? null),
    https:
      (socket as Partial<TLSSocket>).encrypted === true ||
      forwarded('x-forwarded-proto') === 'https',
  };
}

/**
 * Whether a request comes from a page of the host it is sent to, from one of the origins that are
 * allowed, or from a program. Browsers let any page open a WebSocket anywhere and send the cookies
 * along, so this check is ours to make.
 */
export function isAllowedOrigin(
  { headers }: CallerRequest,
  allowedOrigins: readonly string[],
): boolean {
  const { origin, host } = headers;
  if (origin === undefined) return true;
  // An origin is scheme, host and port, and nothing that looks like them.
  if (!URL.canParse(origin) || new URL(origin).origin !== origin) return false;
  return new URL(origin).host === host || allowedOrigins.includes(origin);
}

/** A socket that listens on IPv6 too writes IPv4 addresses as `::ffff:203.0.113.5`. */
function plainAddress(address: string | null): string | null {
  return address?.replace(/^::ffff:(?=\d+\.)/i, '') ?? null;
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
