// Recurrence rules (RFC 5545, RRULE) as the form's choices and as words. Others are shown and kept as they are.

const UNITS = { DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'year' };
const WEEKDAYS = 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR';

export const CHOICES = {
  '': 'Never',
  DAILY: 'Every day',
  [WEEKDAYS]: 'Every weekday',
  WEEKLY: 'Every week',
  MONTHLY: 'Every month',
  YEARLY: 'Every year',
  other: 'By a rule…',
};

/** The form's values for a rule. */
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
  if (choice === 'other') return 'Repeats by a rule';
  if (interval > 1) return `Every ${interval} ${unitOf(choice)}s`;
  return CHOICES[choice];
}
