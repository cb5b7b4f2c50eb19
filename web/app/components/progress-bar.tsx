/** How far something has come, in percent, with its name. */
export function ProgressBar({
  label,
  percent,
}: {
  readonly label: string;
  readonly percent: string;
}) {
  const value = Math.min(100, Math.max(0, Number(percent)));
  return (
    <div className="flex items-center gap-3">
      <div
        role="progressbar"
        aria-label={label}
        aria-valuenow={Math.round(value)}
        aria-valuemin={0}
        aria-valuemax={100}
        className="h-1.5 flex-1 overflow-hidden rounded-full bg-sunk"
      >
        <div
          className="h-full rounded-full bg-accent transition-[width] duration-300"
          style={{ width: `${value}%` }}
        />
      </div>
      <span aria-hidden className="w-11 text-right text-xs text-ink-soft">
        {value.toFixed(0)}%
      </span>
    </div>
  );
}
