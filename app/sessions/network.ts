/**
 * What counts as one caller among addresses: an IPv4 address, or the /64 of an IPv6 address, which
 * one household or server has to itself.
 */
export function networkOf(ipAddress: string | null): string {
  const address = ipAddress?.replace(/^::ffff:(?=\d+\.)/i, '') ?? 'unknown';
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.split('%')[0]?.toLowerCase().split('::') ?? [];
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array<string>(Math.max(zeros, 0)).fill('0'), ...right];
  return `${groups.slice(0, 4).join(':')}::/64`;
}
