import { NavLink, useLocation } from '@remix-run/react';
import { useEffect, useRef } from 'react';

import { classNames } from './class-names.ts';

/** The screens of one area, side by side. */
export function SubNavigation({
  name,
  places,
}: {
  readonly name: string;
  readonly places: readonly { readonly to: string; readonly name: string }[];
}) {
  const bar = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    // On a narrow screen, the place where one is may lie outside.
    const here = bar.current?.querySelector('[aria-current=page]');
    here?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [pathname]);
  return (
    <nav ref={bar} aria-label={name} className="-mx-4 overflow-x-auto px-4 sm:mx-0 sm:px-0">
      <ul className="flex min-w-max gap-1 border-b border-rule">
        {places.map((place, index) => (
          <li key={place.to}>
            <NavLink
              to={place.to}
              end={index === 0}
              prefetch="intent"
              className={({ isActive }) =>
                classNames(
                  '-mb-px flex min-h-9 items-center border-b-2 px-3 text-sm',
                  isActive
                    ? 'border-accent font-medium text-accent'
                    : 'border-transparent text-ink-soft hover:text-ink',
                )
              }
            >
              {place.name}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
