import type { PasswordJudge } from '@nandax/app/ports/accounts.ts';

/** Of zxcvbn's five, from 0 (guessed at once) to 4: a tenth of a billion guesses and more. */
const leastScore = 3;
/** What is judged; zxcvbn's time grows with the length, and a longer password is no weaker. */
const judgedLength = 72;

type Judge = (password: string, about: readonly string[]) => string | null;

/**
 * Judges passwords by zxcvbn with its list of 49,000 breached and common passwords and English
 * words, all local. The dictionaries are loaded with the first question.
 */
export function zxcvbnJudge(): PasswordJudge {
  let judge: Promise<Judge> | null = null;
  return {
    async weakness(password, about) {
      judge ??= load();
      return (await judge)(password.slice(0, judgedLength), about);
    },
  };
}

async function load(): Promise<Judge> {
  const [{ ZxcvbnFactory }, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ]);
  const zxcvbn = new ZxcvbnFactory({
    graphs: common.adjacencyGraphs,
    dictionary: { ...common.dictionary, ...english.dictionary },
    translations: english.translations,
  });
  return (password, about) => {
    const { score, feedback } = zxcvbn.check(password, [...about, 'nandax', 'zerodha']);
    if (score >= leastScore) return null;
    const why = feedback.warning ?? 'This password is easy to guess.';
    return [why, ...feedback.suggestions].map(asSentence).join(' ');
  };
}

function asSentence(words: string): string {
  return words.endsWith('.') ? words : `${words}.`;
}
