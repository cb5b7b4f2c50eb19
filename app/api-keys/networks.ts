import { invalidInput, type InvalidInput } from '../failures.ts';

const octets = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;
const groupText = /^[0-9a-f]{1,4}$/i;

/** Names the first text that is neither an address nor a network in CIDR notation; null: all are. */
export function checkNetworks(texts: readonly string[]): InvalidInput | null {
  const wrong = texts.find((text) => !isNetwork(text));
  return wrong === undefined
    ? null
    : invalidInput(
        'allowedIps',
        `"${wrong.slice(0, 60)}" is no address or network like 203.0.113.7 or 2001:db8::/48.`,
      );
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  if (rest.length > 0) return false;
  const isVersion4 =
    octets
      .exec(address)
      ?.slice(1)
      .every((octet) => Number(octet) <= 255) ?? false;
  if (!isVersion4 && !isVersion6(address)) return false;
  if (bits === undefined) return true;
  return /^\d{1,3}$/.test(bits) && Number(bits) <= (isVersion4 ? 32 : 128);
}

/** Eight groups of hexadecimal digits, one run of zeros shortened at most. */
function isVersion6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2 || !text.includes(':')) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  if (!groups.every((group) => groupText.test(group))) return false;
  return halves.length === 2 ? groups.length < 8 : groups.length === 8;
}
