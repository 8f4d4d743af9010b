export { PanelHelp } from "./PanelHelp.tsx";
