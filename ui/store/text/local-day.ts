/** Days as a `date` input has them, in the reader's time zone. */

/** `2026-11-21` */
export function localDay(date: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The moment when a day begins, ISO 8601; undefined for an empty field. */
export function startOfDay(day: string): string | undefined {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  return year === 0 ? undefined : new Date(year, month - 1, date).toISOString();
}
