const PATHS = {
  close: 'M6 6l12 12M18 6L6 18',
  edit: 'M4 20h4L19 9l-4-4L4 16v4M13 7l4 4',
  details: 'M5 7h14M5 12h14M5 17h9',
  remove: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10 11v5M14 11v5',
  search: 'M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14M16 16l4 4',
  due: 'M5 6h14v14H5zM5 10h14M9 3v4M15 3v4',
  repeat: 'M5 12V9a2 2 0 0 1 2-2h10l-3-3M19 12v3a2 2 0 0 1-2 2H7l3 3',
  high: 'M12 20V5M6 11l6-6 6 6',
  low: 'M12 4v15M6 13l6 6 6-6',
  filter: 'M4 6h16M7 12h10M10 18h4',
  all: 'M3 13l4 4 8-9M11 16l1 1 8-9',
};

/** Decorative: the text or label next to it has the meaning. */
export function Icon({ name }) {
  return (
    <svg className="glyph" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
