import { toString } from 'qrcode';
import type { QrCodes } from '@nandax/app/ports/totp.ts';

/** QR codes with medium error correction, black on white whatever the page's colours. */
export const qrCodes: QrCodes = {
  svg: (text) => toString(text, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 }),
};
