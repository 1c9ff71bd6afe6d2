// Formats and parses dates in the user's time zone. A task that is due on a day is due in its last minute.

const END_OF_DAY = '23:59';
const DAY = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short' });
const DAY_OF_OTHER_YEAR = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const MOMENT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

export const TIMEZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** "tomorrow, 09:00", or "tomorrow" for the end of the day. */
export function dueText(instant) {
  const { date, time } = inputsOf(instant);
  const at = new Date(instant);
  return dayText(at, date) + (time ? `, ${TIME.format(at)}` : '');
}

export const momentText = (instant) => (instant ? MOMENT.format(new Date(instant)) : 'never');

/** The values for a date input and a time input. */
export function inputsOf(instant) {
  if (!instant) return { date: '', time: '' };
  const at = new Date(instant);
  const time = `${two(at.getHours())}:${two(at.getMinutes())}`;
  return { date: dateOf(at), time: time === END_OF_DAY ? '' : time };
}

/** The instant of the two inputs' values, or null without a date. */
export const instantOf = (date, time) => (date ? new Date(`${date}T${time || END_OF_DAY}`).toISOString() : null);

function dayText(at, date) {
  const now = new Date();
  const isDay = (offset) => date === dateOf(new Date(now.getFullYear(), now.getMonth(), now.getDate() + offset));
  if (isDay(0)) return 'today';
  if (isDay(1)) return 'tomorrow';
  if (isDay(-1)) return 'yesterday';
  return (at.getFullYear() === now.getFullYear() ? DAY : DAY_OF_OTHER_YEAR).format(at);
}

const dateOf = (at) => `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
const two = (number) => String(number).padStart(2, '0');
