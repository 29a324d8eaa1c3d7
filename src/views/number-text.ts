/** The shortest decimal that reads back as the same double; keeps the sign of zero. */
export function numberText(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}
