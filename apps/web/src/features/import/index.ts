export { FileImport } from "./FileImport.tsx";
