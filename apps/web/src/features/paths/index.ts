export { PathsPanel } from "./PathsPanel.tsx";
