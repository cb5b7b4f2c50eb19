import { useEffect } from 'react';

/**
 * Tells the page of what was chosen before it came to life: React hears of no change from then, so that
 * a select would show one thing and the page hold another. Call it once, at the root, whose effects run
 * after those of all that it holds. A select that acts at once wants `autoComplete="off"`, lest what a
 * browser fills in again on a reload counts as chosen.
 */
export function useEarlyChoices(): void {
  useEffect(() => {
    for (const select of document.querySelectorAll('select')) {
      const options = [...select.options];
      const rendered =
        options.find((option) => option.defaultSelected) ??
        options.find((option) => !option.disabled);
      if (rendered?.selected === false) {
        select.dispatchEvent(new Event('change', { bubbles: true }));
      }
    }
  }, []);
}
