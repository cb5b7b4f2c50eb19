import { parseArgs } from 'node:util';
import { tryTexts } from './language-trials.ts';

/**
 * `npm run fuzz:language -- --inputs 1000000 --seed 1`: gives texts from a generator that knows the
 * grammar, most of them damaged, to the rule language. Fails where one is answered neither with a
 * strategy that survives print and JSON nor with failures inside the text, where one takes longer
 * than two seconds, and where fewer than 30 % are strategies, since then little beyond the first
 * words was tried.
 */
const values = readOptions();
const inputs = Number(values.inputs);
const seed = Number(values.seed);
if (!Number.isSafeInteger(inputs) || inputs < 1 || !Number.isSafeInteger(seed) || seed < 0) {
  console.error('--inputs is a whole number from 1, --seed one from 0.');
  process.exit(2);
}

const hangMilliseconds = 2000;
const start = performance.now();
const counts = tryTexts(seed, inputs, () => performance.now());
const share = counts.parsed / inputs;
console.log(
  [
    `${inputs} inputs, ${counts.mutated} of them damaged, in ${((performance.now() - start) / 1000).toFixed(1)} s`,
    `${counts.parsed} parsed (${(share * 100).toFixed(1)} %), ${counts.broken.length} broke a promise`,
    `slowest: ${counts.slowest.milliseconds.toFixed(1)} ms, seed ${counts.slowest.seed}`,
  ].join('\n'),
);
for (const { seed: at, reason, text } of counts.broken) {
  console.error(
    `npm run fuzz:language -- --inputs 1 --seed ${at}: ${reason}\n${text.slice(0, 2000)}`,
  );
}
const tooFew = inputs >= 1000 && share < 0.3;
if (tooFew) console.error('Fewer than 30 % parsed.');
const hung = counts.slowest.milliseconds > hangMilliseconds;
if (hung) console.error(`An input took longer than ${hangMilliseconds} ms.`);
process.exitCode = counts.broken.length > 0 || tooFew || hung ? 1 : 0;

function readOptions(): { readonly inputs: string; readonly seed: string } {
  try {
    return parseArgs({
      options: {
        inputs: { type: 'string', default: '1000000' },
        seed: { type: 'string', default: '1' },
      },
    }).values;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(2);
  }
}
