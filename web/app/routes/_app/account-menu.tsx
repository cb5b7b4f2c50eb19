import { Form, NavLink } from '@remix-run/react';
import { useRef } from 'react';

import { classNames } from '../../components/class-names.ts';
import {
  AccountIcon,
  AdministrationIcon,
  OutboxIcon,
  SignOutIcon,
} from '../../components/icons.tsx';
import type { UserRole } from '../../generated/graphql.ts';

/** Who is signed in, as the shell shows them. */
export interface ShellViewer {
  readonly displayName: string;
  readonly email: string;
  readonly role: UserRole;
  /** Whether the letters of this installation are theirs to read. */
  readonly hasOutbox: boolean;
}

const itemClass =
  'flex min-h-9 w-full items-center gap-2.5 rounded-md px-2.5 text-left text-sm text-ink-soft hover:bg-sunk hover:text-ink';

/** What belongs to whoever is signed in. A popover, so that it opens without a script. */
export function AccountMenu({ viewer }: { readonly viewer: ShellViewer }) {
  const menu = useRef<HTMLDivElement>(null);
  const places = [
    { to: '/account', name: 'Account', Icon: AccountIcon, shown: true },
    { to: '/outbox', name: 'Outbox', Icon: OutboxIcon, shown: viewer.hasOutbox },
    {
      to: '/admin',
      name: 'Administration',
      Icon: AdministrationIcon,
      shown: viewer.role === 'ADMIN',
    },
  ];
  return (
    <>
      <button
        type="button"
        aria-label={`Account menu of ${viewer.displayName}`}
        {...{ popovertarget: 'account-menu' }}
        className="flex min-h-9 min-w-0 flex-1 items-center gap-2.5 rounded-md text-sm text-ink-soft hover:text-ink lg:px-1.5 lg:hover:bg-sunk"
      >
        <span
          aria-hidden
          className="grid size-7 shrink-0 place-items-center rounded-full bg-accent-soft text-xs font-semibold text-accent"
        >
          {initialsOf(viewer.displayName)}
        </span>
        <span className="hidden truncate lg:block">{viewer.displayName}</span>
      </button>
      <div
        ref={menu}
        id="account-menu"
        {...{ popover: 'auto' }}
        // Going somewhere closes it.
        onClick={(event) => {
          if ((event.target as Element).closest('a')) menu.current?.hidePopover();
        }}
        className="fixed inset-auto top-12 right-3 m-0 w-60 rounded-lg border border-rule-strong bg-sheet p-1.5 text-ink shadow-lg lg:top-auto lg:right-auto lg:bottom-14 lg:left-3"
      >
        <div className="border-b border-rule px-2.5 pt-1 pb-2">
          <p className="truncate text-sm font-medium">{viewer.displayName}</p>
          <p className="truncate text-xs text-ink-soft">{viewer.email}</p>
        </div>
        <nav aria-label="Account menu" className="py-1">
          {places
            .filter(({ shown }) => shown)
            .map(({ to, name, Icon }) => (
              <NavLink
                key={to}
                to={to}
                prefetch="intent"
                className={({ isActive }) => classNames(itemClass, isActive && 'text-accent')}
              >
                <Icon />
                {name}
              </NavLink>
            ))}
        </nav>
        <Form method="post" action="/logout" className="border-t border-rule pt-1">
          <button type="submit" className={itemClass}>
            <SignOutIcon />
            Log out
          </button>
        </Form>
      </div>
    </>
  );
}

/** "Asha Walker" to "AW". */
function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const [first = '', last = ''] = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return (firstLetter(first) + firstLetter(last)).toUpperCase();
}

/** As people count letters: a vowel sign belongs to its consonant. */
function firstLetter(word: string): string {
  for (const { segment } of new Intl.Segmenter('en-IN').segment(word)) return segment;
  return '';
}
