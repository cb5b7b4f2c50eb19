import { useSearchParams } from '@remix-run/react';

import { ButtonLink } from './button.tsx';

/** The way to the older rows of a list, and back to the newest. */
export function Pager({
  name,
  pageInfo,
}: {
  readonly name: string;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
}) {
  const [parameters] = useSearchParams();
  const first = new URLSearchParams(parameters);
  first.delete('after');
  const next = new URLSearchParams(parameters);
  if (pageInfo.endCursor) next.set('after', pageInfo.endCursor);
  if (!pageInfo.hasNextPage && !parameters.has('after')) return null;
  return (
    <nav aria-label={`Pages of ${name}`} className="flex justify-end gap-2 px-4 py-2">
      {parameters.has('after') && (
        <ButtonLink to={`?${first}`} emphasis="quiet">
          First page
        </ButtonLink>
      )}
      {pageInfo.hasNextPage && <ButtonLink to={`?${next}`}>Next page</ButtonLink>}
    </nav>
  );
}
