export type { DesignAbout } from "./design-storage.ts";
export { library } from "./library.ts";
