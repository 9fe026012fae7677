/** The middle, or the mean of the two middle ones. @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
}

/** @param {number[]} values */
export const summary = (values) => ({
  median: rounded(median(values)),
  min: rounded(Math.min(...values)),
  max: rounded(Math.max(...values)),
  n: values.length,
});

/** To four significant digits. @param {number} value */
export const rounded = (value) => Number(value.toPrecision(4));
