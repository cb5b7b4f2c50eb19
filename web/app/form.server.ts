/** Readers of submitted forms. What is missing reads as empty: the API judges the values. */

export function text(form: FormData, name: string): string {
  return exactText(form, name).trim();
}

/** As it was typed, spaces at its ends included. */
export function exactText(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

/** Undefined when left empty. */
export function optionalText(form: FormData, name: string): string | undefined {
  return text(form, name) || undefined;
}

export function texts(form: FormData, name: string): string[] {
  return form.getAll(name).filter((value) => typeof value === 'string');
}

/** Whether a check box was ticked. */
export function checked(form: FormData, name: string): boolean {
  return form.has(name);
}

/** A value of a closed set; the fallback for anything that no form of ours sends. */
export function oneOf<Value extends string>(
  form: FormData,
  name: string,
  values: readonly Value[],
  fallback: Value,
): Value {
  const value = text(form, name);
  return values.find((each) => each === value) ?? fallback;
}

/** An amount as people type it: "1,00,000" and "₹1,00,000.50" are taken too. */
export function amount(form: FormData, name: string): string {
  const value = text(form, name).replace(/[,\s₹]/g, '');
  return /^\d+$/.test(value) ? `${value}.00` : value;
}

/** A count as people type it; null when left empty, undefined when it is none. */
export function wholeNumber(form: FormData, name: string): number | null | undefined {
  const value = text(form, name).replace(/[,\s]/g, '');
  if (value === '') return null;
  return /^\d{1,15}$/.test(value) ? Number(value) : undefined;
}
