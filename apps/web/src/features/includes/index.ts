export { IncludesPanel } from "./IncludesPanel.tsx";
