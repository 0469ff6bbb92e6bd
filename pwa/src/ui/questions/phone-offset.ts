/** How many minutes this phone's wall clock is ahead of UTC at a moment on it; now, when the date is none. Summer time makes it change. */

export function phoneOffset(date: string, time: string): number {
  const minutes = -new Date(`${date}T${time}`).getTimezoneOffset();
  return Number.isNaN(minutes) ? -new Date().getTimezoneOffset() : minutes;
}
