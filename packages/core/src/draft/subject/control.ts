/** The fields of the first paragraph of a control file, as deb822(5) has them; a value keeps its line ends. */
export function controlFields(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  let name: string | null = null;
  for (const line of text.split(/\r?\n/u)) {
    if (line.startsWith("#")) continue;
    if (line.trim() === "") {
      if (fields.size > 0) break;
      continue;
    }
    if (/^[ \t]/u.test(line)) {
      if (name !== null) fields.set(name, `${fields.get(name) ?? ""}\n${line.trim()}`);
      continue;
    }
    const colon = line.indexOf(":");
    name = colon > 0 ? line.slice(0, colon) : null;
    if (name !== null) fields.set(name, line.slice(colon + 1).trim());
  }
  return fields;
}
