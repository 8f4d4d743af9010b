export { IpcPanel } from "./IpcPanel.tsx";
