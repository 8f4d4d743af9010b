import { createContext } from "react";

/** The names of all capabilities that the profile allows, one blank between them: a row that tells nothing of them rests. */
export const AllowedNames = createContext("");
