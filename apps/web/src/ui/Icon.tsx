/** The glyphs of the interface: 16 by 16, one stroke, in the colour of the text around. */
const paths = {
  add: "M8 3v10M3 8h10",
  alert: "M8 2.2 14.5 13.5h-13zM8 6.5v3.2M8 11.4v.4",
  arrowDown: "M8 3v9M4.5 8.5 8 12l3.5-3.5",
  arrowRight: "M3 8h9M8.5 4.5 12 8l-3.5 3.5",
  check: "M3 8.5 6.5 12 13 4.5",
  chevronDown: "M4 6l4 4 4-4",
  chevronRight: "M6 4l4 4-4 4",
  close: "M4 4l8 8M12 4l-8 8",
  copy: "M5.5 5.5h7v8h-7zM3.5 10.5v-8h7",
  cross: "M4.5 4.5l7 7M11.5 4.5l-7 7",
  download: "M8 2.5v7.5M4.8 7 8 10.2 11.2 7M3 13h10",
  edit: "M3 13l.6-2.8L10.8 3l2.2 2.2-7.2 7.2zM9.3 4.5l2.2 2.2",
  file: "M4 2.5h5l3 3v8H4zM9 2.5v3h3",
  fix: "M9.8 6.2 3 13M9.2 2.8l.5 1.6 1.6.5-1.6.5-.5 1.6-.5-1.6-1.6-.5 1.6-.5zM13 7.5v2M12 8.5h2",
  folder: "M2 4.5h4.2l1.3 1.5H14v7H2z",
  half: "M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2zM8 4.8v3.7M8 10.9v.3",
  hat: "M2 11h12M4.5 11V7.5a3.5 3.5 0 0 1 7 0V11",
  help: "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM6.2 6.3a1.8 1.8 0 1 1 2.6 1.6c-.5.3-.8.6-.8 1.2M8 11v.2",
  info: "M8 7.2v4M8 4.6v.5M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8z",
  includes: "M3 3h6v6H3zM9 7h4v6H7V9",
  key: "M10.5 2.5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM8.3 7.7 3 13M4.5 11.5l1.6 1.6M6.2 9.8l1.4 1.4",
  kebab: "M8 3.5v.1M8 8v.1M8 12.5v.1",
  link: "M6.5 9.5l3-3M7 4.5l1.2-1.2a3 3 0 0 1 4.3 4.3L11.3 8.8M9 11.5l-1.2 1.2a3 3 0 0 1-4.3-4.3L4.7 7.2",
  messages: "M2.5 5.5h9M9 3l2.5 2.5L9 8M13.5 10.5h-9M7 8l-2.5 2.5L7 13",
  expand: "M9.5 3H13v3.5M13 3 9.2 6.8M6.5 13H3V9.5M3 13l3.8-3.8",
  loop: "M12.5 6.5A5 5 0 1 0 13 9.5M13 3v3.6H9.4",
  moon: "M13 9.6A5.6 5.6 0 0 1 6.4 3a5.6 5.6 0 1 0 6.6 6.6z",
  network:
    "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM2 8h12M8 2c2 1.8 2.8 3.8 2.8 6S10 12.2 8 14c-2-1.8-2.8-3.8-2.8-6S6 3.8 8 2z",
  profile: "M8 1.8 13 3.6v4c0 3-2 5.3-5 6.6-3-1.3-5-3.6-5-6.6v-4z",
  program: "M2.5 3.5h11v9h-11zM5 6.5 7 8l-2 1.5M8.5 10h2.5",
  redo: "M11 3.5 13.5 6 11 8.5M13.5 6H6.2a3.7 3.7 0 0 0 0 7.4H9",
  remove: "M3 8h10",
  search: "M7 2.8a4.2 4.2 0 1 0 0 8.4 4.2 4.2 0 0 0 0-8.4zM10.2 10.2 13.5 13.5",
  sun: "M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6zM8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M3.4 12.6l.9-.9M11.7 4.3l.9-.9",
  system: "M4.5 4.5h7v7h-7zM6.5 2.5v2M9.5 2.5v2M6.5 11.5v2M9.5 11.5v2M2.5 6.5h2M2.5 9.5h2M11.5 6.5h2M11.5 9.5h2",
  trash: "M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.5 9h6l.5-9M6.8 7v4.2M9.2 7v4.2",
  target: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6zM8 7.6v.8",
  undo: "M5 3.5 2.5 6 5 8.5M2.5 6h7.3a3.7 3.7 0 0 1 0 7.4H7",
  upload: "M8 10.5V3M4.8 6 8 2.8 11.2 6M3 13h10",
  words: "M3 4h10M3 7h10M3 10h10M3 13h5",
} as const;

/** The name of a glyph. */
export type IconName = keyof typeof paths;

/** A glyph that says nothing by itself: words stand beside it or in the label of its control. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === "kebab" ? 2 : 1.4}
      strokeLinecap="round"
      strokeLinejoin="round"
      style={{ flex: "none" }}
    >
      <path d={paths[name]} />
    </svg>
  );
}
