import { useSearchParams } from '@remix-run/react';

import { ButtonLink } from './button.tsx';

/** The way to the older rows of a list, and back to the newest. */
export function Pager({
  name,
  parameter = 'after',
  pageInfo,
}: {
  readonly name: string;
  /** Of the address, where a screen has several lists. */
  readonly parameter?: string;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
}) {
  const [parameters] = useSearchParams();
  const first = new URLSearchParams(parameters);
  first.delete(parameter);
  const next = new URLSearchParams(parameters);
  if (pageInfo.endCursor) next.set(parameter, pageInfo.endCursor);
  if (!pageInfo.hasNextPage && !parameters.has(parameter)) return null;
  return (
    <nav aria-label={`Pages of ${name}`} className="flex justify-end gap-2 px-4 py-2">
      {parameters.has(parameter) && (
        <ButtonLink to={`?${first}`} emphasis="quiet">
          First page
        </ButtonLink>
      )}
      {pageInfo.hasNextPage && <ButtonLink to={`?${next}`}>Next page</ButtonLink>}
    </nav>
  );
}
