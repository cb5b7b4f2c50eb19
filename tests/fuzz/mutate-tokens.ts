import type { SeededRandom } from '../kit/simulation/seeded-random.ts';
import { looseTokens } from './rule-texts.ts';

const nests = [
  ['(', ')'],
  ['not (', ')'],
  ['-(', ')'],
  ['sma(', ', 3)'],
  ['abs(', ')'],
  ['within(3, ', ')'],
  ['close[', ']'],
] as const;

/** Changes the tokens at one random place. */
function mutateOnce(tokens: string[], random: SeededRandom): void {
  const at = random.below(tokens.length + 1);
  const other = random.below(tokens.length + 1);
  const token = tokens[at] ?? '\n';
  switch (random.below(7)) {
    case 0:
      tokens.splice(at, 1);
      return;
    case 1:
      tokens[at] = tokens[other] ?? '\n';
      tokens[other] = token;
      return;
    case 2:
      tokens.splice(at, 0, token);
      return;
    case 3:
      tokens.splice(at, 0, random.pick(looseTokens));
      return;
    case 4:
      tokens.splice(at, 0, randomCharacters(random));
      return;
    case 5: {
      const [open, close] = random.pick(nests);
      const depth = random.chance(0.05) ? 4000 : random.below(130);
      tokens.splice(at, 1, `${open.repeat(depth)}${token}${close.repeat(depth)}`);
      return;
    }
    case 6: {
      // A piece of the text once more, up to all of it.
      const piece = tokens.slice(at, at + random.below(tokens.length + 1));
      tokens.splice(other, 0, ...piece);
    }
  }
}

function randomCharacters(random: SeededRandom): string {
  const end = random.pick([0x7f, 0x7f, 0x100, 0x1_0000]);
  const length = 1 + random.below(8);
  return String.fromCharCode(...Array.from({ length }, () => random.below(end)));
}

/** The tokens with `count` changes. */
export function mutated(tokens: readonly string[], count: number, random: SeededRandom): string[] {
  const changed = [...tokens];
  for (let index = 0; index < count; index += 1) mutateOnce(changed, random);
  return changed;
}

/** The tokens as a text, with blanks of all sorts; without any where that joins no two words. */
export function joined(tokens: readonly string[], random: SeededRandom): string {
  let text = '';
  let wasWord = false;
  for (const token of tokens) {
    const isWord = /^[\w".]/.test(token);
    const needsBlank = wasWord && isWord;
    const blank = needsBlank || random.chance(0.7);
    text += blank ? random.pick([' ', ' ', ' ', '  ', '\n', '\t', '\r\n']) + token : token;
    wasWord = /[\w".]$/.test(token);
  }
  return text;
}
