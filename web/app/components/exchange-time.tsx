import { formatDate, formatDateTime, formatTime } from '../format/time.ts';

/**
 * An instant in exchange time. Table columns that hold it say IST in their heading; elsewhere
 * `label` writes it behind the time.
 */
export function ExchangeTime({
  value,
  show = 'date and time',
  seconds = false,
  label = false,
}: {
  readonly value: string | null | undefined;
  readonly show?: 'date' | 'time' | 'date and time';
  readonly seconds?: boolean;
  readonly label?: boolean;
}) {
  if (value === null || value === undefined) return <>–</>;
  const text =
    show === 'date'
      ? formatDate(value)
      : show === 'time'
        ? formatTime(value, seconds)
        : formatDateTime(value, seconds);
  return (
    <time dateTime={value} className="whitespace-nowrap">
      {text}
      {label && ' IST'}
    </time>
  );
}
