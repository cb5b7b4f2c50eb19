import type { HeadersFunction, MetaDescriptor } from '@remix-run/node';

/**
 * Pages that a link in a letter opens. The link's token stands in their address: it is told to no
 * other site and kept in no cache. A look changes nothing, since mail scanners open links too; the
 * button does.
 */
export const linkPageHeaders: HeadersFunction = () => ({
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
});

/** The head of such a page. */
export function linkPageMeta(title: string): MetaDescriptor[] {
  return [
    { title: `${title} · NandaX` },
    { name: 'referrer', content: 'no-referrer' },
    { name: 'robots', content: 'noindex' },
  ];
}
