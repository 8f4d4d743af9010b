export { SystemPanel } from "./SystemPanel.tsx";
