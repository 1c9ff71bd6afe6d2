import { useState } from 'react';
import { inputsOf, instantOf, TIMEZONE } from '../page/dates';
import { Dialog } from '../page/Dialog';
import { Field } from '../page/Field';
import { FormError } from '../page/FormError';
import { options } from '../page/Select';
import { useForm } from '../page/useForm';
import { CHOICES, choiceOf, ruleOf, unitOf } from './recurrence';
import { PRIORITIES } from './view';

/** A form for all fields of a task. Sends only the changed ones. */
export function TaskDetails({ task, onSave, onClose }) {
  const due = inputsOf(task.due_at);
  const repeats = choiceOf(task.recurrence);
  const [choice, setChoice] = useState(repeats.choice);
  const { busy, error, fields, onSubmit } = useForm(async (values) => {
    const changes = changesTo(task, values);
    if (Object.keys(changes).length > 0) await onSave(task, changes);
    onClose();
  });

  return (
    <Dialog title="Details" onClose={onClose}>
      <form onSubmit={onSubmit} noValidate>
        <Field label="Title" name="title" defaultValue={task.title} maxLength={200} error={fields.title} />
        <Field
          label="Description"
          name="description"
          as="textarea"
          rows={4}
          maxLength={4000}
          defaultValue={task.description ?? ''}
          error={fields.description}
        />
        <div className="columns">
          <Field label="Due date" name="date" type="date" defaultValue={due.date} error={fields.due_at} />
          <Field label="Time" name="time" type="time" defaultValue={due.time} />
          <Field label="Priority" name="priority" as="select" defaultValue={task.priority} error={fields.priority}>
            {options(PRIORITIES)}
          </Field>
        </div>
        <Field
          label="Tags"
          name="tags"
          defaultValue={task.tags.join(', ')}
          hint="Separated by commas"
          error={firstOf(fields, 'tags')}
          autoComplete="off"
        />
        <div className="columns">
          <Field
            label="Repeat"
            name="choice"
            as="select"
            value={choice}
            onChange={(event) => setChoice(event.target.value)}
            hint={choice ? 'Repeats from the due date' : undefined}
            error={fields.recurrence ?? fields.timezone}
          >
            {options(CHOICES)}
          </Field>
          {unitOf(choice) && (
            <Field
              label={`Interval in ${unitOf(choice)}s`}
              name="interval"
              type="number"
              min={1}
              max={999}
              defaultValue={repeats.interval}
            />
          )}
          {choice === 'other' && (
            <Field label="Rule" name="rule" defaultValue={repeats.rule} hint="For example FREQ=MONTHLY;BYDAY=1MO" />
          )}
        </div>
        <FormError error={error} />
        <div className="actions">
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="primary" aria-busy={busy}>
            Save
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function changesTo(task, values) {
  const recurrence = ruleOf({ rule: '', ...values, interval: Number(values.interval ?? 1) });
  const due = inputsOf(task.due_at);
  const isDueUnchanged = values.date === due.date && values.time === due.time;
  const edited = {
    title: values.title.trim(),
    description: values.description || null,
    priority: values.priority,
    due_at: isDueUnchanged ? task.due_at : instantOf(values.date, values.time),
    tags: [...new Set(values.tags.split(',').map((tag) => tag.trim()).filter(Boolean))],
    recurrence,
    timezone: recurrence ? (task.timezone ?? TIMEZONE) : task.timezone,
  };
  return Object.fromEntries(
    Object.entries(edited).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(task[name])),
  );
}

/** The error of a list or of one of its items, such as "tags[0]". */
const firstOf = (fields, name) => fields[Object.keys(fields).find((field) => field.startsWith(name))];
