/** A hair that binary fractions take off a quotient that is whole. */
const hair = 1e-12;

/**
 * The most units in steps of `step` that `money` pays for at `price`; 0 where it pays for none. Never
 * more than the money is worth, whatever rounding says of the quotient.
 */
export function affordableUnits(money: number, price: number, step: number): number {
  if (!(money > 0 && price > 0)) return 0;
  const stepPrice = price * step;
  let steps = Math.floor(money / stepPrice);
  if (steps * stepPrice > money) steps -= 1;
  return unitsOfSteps(steps, step);
}

/** `units` in whole steps, rounded down. */
export function wholeSteps(units: number, step: number): number {
  return unitsOfSteps(Math.floor((units / step) * (1 + hair)), step);
}

/** So that a thousand steps of 0.001 are 1 and not a hair beside it. */
function unitsOfSteps(steps: number, step: number): number {
  const perUnit = Math.round(1 / step);
  return perUnit > 1 && Math.abs(perUnit * step - 1) < hair ? steps / perUnit : steps * step;
}
