export { NetworkPanel } from "./NetworkPanel.tsx";
