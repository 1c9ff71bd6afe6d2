// Turns recurrence rules (RFC 5545, RRULE) into the form's choices and into text. Keeps other rules as they are.

const UNITS = { DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'year' };
const WEEKDAYS = 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR';

export const CHOICES = {
  '': 'Never',
  DAILY: 'Every day',
  [WEEKDAYS]: 'Every weekday',
  WEEKLY: 'Every week',
  MONTHLY: 'Every month',
  YEARLY: 'Every year',
  other: 'Custom rule…',
};

/** The values of the form for a rule. */
export function choiceOf(rule) {
  if (!rule) return { choice: '', interval: 1, rule: '' };
  if (rule === WEEKDAYS) return { choice: WEEKDAYS, interval: 1, rule };
  const [, choice, interval] = rule.match(/^FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(?:;INTERVAL=(\d+))?$/) ?? [];
  return choice ? { choice, interval: Number(interval ?? 1), rule } : { choice: 'other', interval: 1, rule };
}

export function ruleOf({ choice, interval, rule }) {
  if (choice === '') return null;
  if (choice === 'other') return rule.trim().toUpperCase() || null;
  if (choice === WEEKDAYS) return WEEKDAYS;
  return `FREQ=${choice}` + (interval > 1 ? `;INTERVAL=${interval}` : '');
}

export const unitOf = (choice) => UNITS[choice];

export function ruleText(rule) {
  const { choice, interval } = choiceOf(rule);
  if (choice === 'other') return 'Custom rule';
  if (interval > 1) return `Every ${interval} ${unitOf(choice)}s`;
  return CHOICES[choice];
}
