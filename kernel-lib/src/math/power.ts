/**
 * base^exponent for a whole exponent ≥ 0, by repeated squaring: the same bits everywhere. JavaScript's `**` has no
 * exact definition, and V8 changed its last bits between Node 22 and 24.
 */
export function integerPower(base: number, exponent: number): number {
  let result = 1;
  for (let factor = base, n = exponent; n > 0; n = Math.floor(n / 2), factor *= factor)
    if (n % 2 === 1) result *= factor;
  return result;
}
