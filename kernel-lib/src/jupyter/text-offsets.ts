/** The protocol counts Unicode code points, JavaScript UTF-16 code units: the offset in units of one in points. */
export function toUnits(text: string, points: number): number {
  let units = 0;
  for (let point = 0; point < points && units < text.length; point++)
    units += text.codePointAt(units)! > 0xffff ? 2 : 1;
  return units;
}

/** The offset in Unicode code points of one in UTF-16 code units. */
export function toPoints(text: string, units: number): number {
  let points = 0;
  for (let unit = 0; unit < units && unit < text.length; points++)
    unit += text.codePointAt(unit)! > 0xffff ? 2 : 1;
  return points;
}
