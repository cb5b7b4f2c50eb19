import { createContext, useContext } from 'react';

import type { LanguageWordFragment } from '../generated/graphql.ts';

/** Every word of the rule language, as the API tells it. */
export type Language = readonly LanguageWordFragment[];

const LanguageContext = createContext<Language>([]);

/** Gives the words to the editors below. */
export const LanguageProvider = LanguageContext.Provider;

export function useLanguage(): Language {
  return useContext(LanguageContext);
}
