/** Settings of the web process. */
export interface WebEnvironment {
  /** TCP port of the web server; 0 lets the system choose. */
  readonly port: number;
  /** Base address of the API, for example `http://127.0.0.1:3001`. */
  readonly apiUrl: URL;
  /** Shared with the API, which believes our word about a caller's address only under it. */
  readonly secret: string | undefined;
  /** Addresses and networks of proxies in front of the web, believed about whom they pass on. */
  readonly trustedProxies: readonly string[];
  /** Development renders with React's checks on, and slowly. */
  readonly mode: 'production' | 'development';
}

/**
 * Reads the settings; an empty string counts as unset.
 * @throws Error naming every wrong setting at once.
 */
export function readWebEnvironment(source: NodeJS.ProcessEnv): WebEnvironment {
  const wrong: string[] = [];
  const setting = (name: string) => source[name]?.trim() || undefined;

  const port = Number(setting('PORT') ?? '3000');
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    wrong.push('PORT must be a whole number from 0 to 65535');
  }
  const apiUrl = setting('API_URL') ?? 'http://127.0.0.1:3001';
  if (!/^https?:\/\//.test(apiUrl) || !URL.canParse(apiUrl)) {
    wrong.push('API_URL must be an http or https address');
  }
  if (wrong.length > 0) {
    throw new Error(`The web server cannot start:\n${wrong.map((line) => `- ${line}`).join('\n')}`);
  }
  return Object.freeze({
    port,
    apiUrl: new URL(apiUrl),
    secret: setting('NANDAX_SECRET'),
    trustedProxies: (setting('TRUSTED_PROXIES') ?? '')
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== ''),
    mode: setting('NODE_ENV') === 'development' ? 'development' : 'production',
  });
}
