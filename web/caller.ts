import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';

import proxyAddress from 'proxy-addr';

/** What the API is told of a browser, under the secret it shares with the web. */
export interface CallerHeaders {
  readonly 'x-forwarded-for': string;
  readonly 'x-forwarded-proto': 'http' | 'https';
}

/**
 * Tells from where a browser comes. What a request says of itself counts only as far as it was written
 * by a proxy that is trusted (addresses and CIDR networks): anyone can send a header.
 */
export function callerReader(
  trustedProxies: readonly string[],
): (request: IncomingMessage) => CallerHeaders {
  const isTrusted = proxyAddress.compile([...trustedProxies]);
  return (request) => {
    const { socket, headers } = request;
    const encrypted = (socket as Partial<TLSSocket>).encrypted === true;
    const byProxy = isTrusted(socket.remoteAddress ?? '', 0);
    const https = encrypted || (byProxy && headers['x-forwarded-proto'] === 'https');
    return {
      'x-forwarded-for': proxyAddress(request, isTrusted),
      'x-forwarded-proto': https ? 'https' : 'http',
    };
  };
}
