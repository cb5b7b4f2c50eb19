import type { ReactNode } from 'react';

function Icon({ children }: { readonly children: ReactNode }) {
  return (
    <svg
      aria-hidden
      width="18"
      height="18"
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      className="shrink-0"
    >
      {children}
    </svg>
  );
}

/** Two averages that cross: the mark of the house. */
export function Mark() {
  return (
    <svg aria-hidden width="24" height="24" viewBox="0 0 24 24" fill="none" className="shrink-0">
      <path
        d="M3 17C9 17 13 7 21 6"
        stroke="var(--accent)"
        strokeWidth="2.4"
        strokeLinecap="round"
      />
      <path
        d="M3 8C8 8 14 16 21 17.5"
        stroke="currentColor"
        strokeWidth="2.4"
        strokeLinecap="round"
      />
    </svg>
  );
}

export const DashboardIcon = () => (
  <Icon>
    <path d="M3 10.5 10 4l7 6.5M5 9v7h10V9" />
  </Icon>
);
export const StrategiesIcon = () => (
  <Icon>
    <path d="M4 5h12M4 10h7M4 15h9" />
  </Icon>
);
export const AgentsIcon = () => (
  <Icon>
    <circle cx="10" cy="10" r="3" />
    <path d="M10 3v2M10 15v2M3 10h2M15 10h2" />
  </Icon>
);
export const ReplaysIcon = () => (
  <Icon>
    <path d="M4 10a6 6 0 1 1 2 4.5M4 15v-3.5h3.5" />
  </Icon>
);
export const MarketIcon = () => (
  <Icon>
    <path d="M6 4v12M14 4v12" />
    <path d="M4.5 7h3v5h-3zM12.5 8h3v5h-3z" fill="currentColor" />
  </Icon>
);
export const OrdersIcon = () => (
  <Icon>
    <path d="M6 3.5h8v13l-2-1.2-2 1.2-2-1.2-2 1.2zM8.5 7.5h3M8.5 10.5h3" />
  </Icon>
);
export const SunIcon = () => (
  <Icon>
    <circle cx="10" cy="10" r="3.2" />
    <path d="M10 2.5v1.8M10 15.7v1.8M2.5 10h1.8M15.7 10h1.8M4.7 4.7 6 6M14 14l1.3 1.3M4.7 15.3 6 14M14 6l1.3-1.3" />
  </Icon>
);
export const RiskIcon = () => (
  <Icon>
    <path d="M10 3.5 17.5 16h-15zM10 8v4M10 13.8v.2" />
  </Icon>
);
export const MoonIcon = () => (
  <Icon>
    <path d="M16 11.5A6.5 6.5 0 0 1 8.5 4a6.5 6.5 0 1 0 7.5 7.5z" />
  </Icon>
);
export const SystemIcon = () => (
  <Icon>
    <circle cx="10" cy="10" r="6.5" />
    <path d="M10 3.5a6.5 6.5 0 0 1 0 13z" fill="currentColor" />
  </Icon>
);
export const SignOutIcon = () => (
  <Icon>
    <path d="M8 4H4.5v12H8M8.5 10H17M14 7l3 3-3 3" />
  </Icon>
);
export const PasskeyIcon = () => (
  <Icon>
    <circle cx="7" cy="10" r="3.2" />
    <path d="M10.2 10H17M14.5 10v2.6M17 10v2" />
  </Icon>
);
export const AccountIcon = () => (
  <Icon>
    <circle cx="10" cy="7" r="3" />
    <path d="M4 16.5c.6-3.3 3-5 6-5s5.4 1.7 6 5" />
  </Icon>
);
export const OutboxIcon = () => (
  <Icon>
    <path d="M3 5h14v10.5H3zM3.5 5.5 10 11l6.5-5.5" />
  </Icon>
);
export const AdministrationIcon = () => (
  <Icon>
    <path d="M10 3l6 2.2v4.3c0 3.6-2.4 6.2-6 7.5-3.6-1.3-6-3.9-6-7.5V5.2z" />
  </Icon>
);
