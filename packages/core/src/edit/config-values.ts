import { modify } from "jsonc-parser";
import { readConfig, withoutBom, type DesignFile } from "../design/index.ts";
import type { TextEdit } from "../text/index.ts";
import { accept, refuse } from "./answer.ts";
import type { EditOutcome } from "./edit-outcome.ts";

/** Names the design in `hauberk.json`. */
export function setDesignName(file: DesignFile, name: string): EditOutcome {
  const plain = name.trim();
  if (plain === "") return refuse("a design needs a name");
  return setValue(file, "name", plain, `name the design ${plain}`);
}

/** Says in `hauberk.json` which targets the design is for. */
export function setTargets(file: DesignFile, targets: readonly string[]): EditOutcome {
  const label = targets.length === 0 ? "choose no target" : `choose targets ${targets.join(", ")}`;
  return setValue(file, "targets", [...new Set(targets)], label);
}

/** Says in `hauberk.json` whether the program of a profile always sets no_new_privs. */
export function setNoNewPrivs(file: DesignFile, profile: string, on: boolean): EditOutcome {
  const reading = readConfig(file.text);
  const before = reading.ok ? reading.config.noNewPrivs : [];
  const others = before.filter((name) => name !== profile);
  const label = on ? `say that ${profile} sets no_new_privs` : `say that ${profile} does not set no_new_privs`;
  return setValue(file, "noNewPrivs", on ? [...others, profile] : others, label);
}

/** The edits of `hauberk.json` that give a profile its new name where it is named there; none where the file can't be read. */
export function renamedInConfig(file: DesignFile, from: string, to: string): TextEdit[] {
  const reading = readConfig(file.text);
  if (!reading.ok) return [];
  const { noNewPrivs, peers, services } = reading.config;
  const places = [
    ...noNewPrivs.flatMap((name, at) => (name === from ? [["noNewPrivs", at]] : [])),
    ...peers.flatMap(({ profile }, at) => (profile === from ? [["peers", at, "profile"]] : [])),
    ...services.flatMap(({ profile }, at) => (profile === from ? [["services", at, "profile"]] : [])),
  ];
  return places.flatMap((place) =>
    modify(withoutBom(file.text), place, to, {}).map(({ offset, length, content }) => ({
      range: { start: offset, end: offset + length },
      newText: content,
    })),
  );
}

function setValue(
  file: DesignFile,
  key: "name" | "targets" | "noNewPrivs",
  value: string | string[],
  label: string,
): EditOutcome {
  const reading = readConfig(file.text);
  if (!reading.ok) {
    const [error] = reading.errors;
    const place = error === undefined ? "" : ` (line ${error.line}: ${error.message})`;
    return refuse(`${file.path} can't be read${place}; mend it first`);
  }
  const json = withoutBom(file.text);
  const formattingOptions = {
    eol: json.includes("\r\n") ? "\r\n" : "\n",
    insertSpaces: !/\n\t/u.test(json),
    tabSize: /\n( +)\S/u.exec(json)?.[1]?.length ?? 2,
  };
  const edits = modify(json, [key], value, { formattingOptions }).map(({ offset, length, content }) => ({
    range: { start: offset, end: offset + length },
    newText: content,
  }));
  return accept(file, label, edits);
}
