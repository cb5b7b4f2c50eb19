import { NavLink, useNavigation } from '@remix-run/react';
import type { ReactNode } from 'react';

import { classNames } from '../../components/class-names.ts';
import {
  AgentsIcon,
  DashboardIcon,
  Mark,
  MarketIcon,
  OrdersIcon,
  ReplaysIcon,
  RiskIcon,
  StrategiesIcon,
} from '../../components/icons.tsx';
import { ThemeButton } from '../../components/theme-button.tsx';
import { ConnectionIndicator } from '../../live/connection-indicator.tsx';
import type { ShellViewer } from './account-menu.tsx';
import { AccountMenu } from './account-menu.tsx';

const places = [
  { to: '/', name: 'Dashboard', Icon: DashboardIcon },
  { to: '/strategies', name: 'Strategies', Icon: StrategiesIcon },
  { to: '/agents', name: 'Agents', Icon: AgentsIcon },
  { to: '/replays', name: 'Replays', Icon: ReplaysIcon },
  { to: '/market', name: 'Market', Icon: MarketIcon },
  { to: '/orders', name: 'Orders', Icon: OrdersIcon },
  { to: '/risk', name: 'Risk', Icon: RiskIcon },
] as const;

/** Navigation around every screen: a column where there is room, a bar at the thumb where not. */
export function Shell({
  viewer,
  children,
}: {
  readonly viewer: ShellViewer;
  readonly children: ReactNode;
}) {
  const loading = useNavigation().state !== 'idle';
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[13rem_minmax(0,1fr)]">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-30 focus:rounded-md focus:bg-sheet focus:px-3 focus:py-2"
      >
        Skip to content
      </a>
      <div
        aria-hidden
        className={classNames(
          'fixed inset-x-0 top-0 z-30 h-0.5 origin-left bg-accent transition-opacity delay-150',
          loading ? 'animate-pulse opacity-100' : 'opacity-0',
        )}
      />
      <div className="contents lg:block lg:border-r lg:border-rule">
        <div className="sticky top-0 z-20 flex items-center justify-between gap-2 border-b border-rule bg-paper px-4 py-1.5 lg:h-dvh lg:flex-col lg:items-stretch lg:border-b-0 lg:px-3 lg:py-4">
          <div className="flex flex-col gap-6">
            <p className="flex items-center gap-2 text-base font-semibold tracking-tight lg:px-2.5">
              <Mark />
              NandaX
            </p>
            <nav
              aria-label="Main"
              className="fixed inset-x-0 bottom-0 grid grid-cols-7 border-t border-rule bg-sheet pb-[env(safe-area-inset-bottom)] lg:static lg:flex lg:flex-col lg:gap-0.5 lg:border-0 lg:bg-transparent lg:pb-0"
            >
              {places.map(({ to, name: place, Icon }) => (
                <NavLink
                  key={to}
                  to={to}
                  end={to === '/'}
                  prefetch="intent"
                  className={({ isActive }) =>
                    classNames(
                      'flex min-h-13 flex-col items-center justify-center gap-0.5 text-2xs lg:min-h-9 lg:flex-row lg:justify-start lg:gap-2.5 lg:rounded-md lg:px-2.5 lg:text-sm',
                      isActive
                        ? 'font-medium text-accent lg:bg-accent-soft'
                        : 'text-ink-soft hover:text-ink lg:hover:bg-sunk',
                    )
                  }
                >
                  <Icon />
                  {place}
                </NavLink>
              ))}
            </nav>
          </div>
          <div className="flex items-center gap-1 lg:-mb-2 lg:flex-wrap">
            <div className="mr-2 lg:mb-1 lg:w-full lg:px-2.5">
              <ConnectionIndicator />
            </div>
            <div className="flex w-full items-center gap-1">
              <AccountMenu viewer={viewer} />
              <ThemeButton />
            </div>
          </div>
        </div>
      </div>
      <div className="min-w-0 pb-16 lg:pb-0">{children}</div>
    </div>
  );
}
