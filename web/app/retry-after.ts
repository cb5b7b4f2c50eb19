import type { HeadersFunction } from '@remix-run/node';

/** Lets the page of a 429 say in its headers, too, how long to wait. */
export const retryAfterHeaders: HeadersFunction = ({ errorHeaders }) => {
  const seconds = errorHeaders?.get('retry-after');
  return seconds ? { 'retry-after': seconds } : {};
};
