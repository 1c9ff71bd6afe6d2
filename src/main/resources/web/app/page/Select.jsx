import { useId } from 'react';

/** A small labelled select. `any` is the label of the empty choice. */
export function Select({ label, any, choices, value, onChange }) {
  const id = useId();
  return (
    <div className="choice">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
        {any && <option value="">{any}</option>}
        {options(choices)}
      </select>
    </div>
  );
}

/** The options of a select, from a map of values to labels. */
export const options = (choices) =>
  Object.entries(choices).map(([value, name]) => (
    <option key={value} value={value}>
      {name}
    </option>
  ));
