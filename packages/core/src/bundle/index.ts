export type { Bundle, BundleFile } from "./bundle-file.ts";
export type { BundleApproval } from "./manifest.ts";
export { makeBundle, type BundleOutcome, type BundleRequest } from "./make-bundle.ts";
export type { BundleDiagnostic, BundleVerdict } from "./verdict-report.ts";
export { archive, archiveBundle, archiveFormats, type ArchiveFormat, type BundleArchive } from "./archive.ts";
export { revisionHash } from "./revision-hash.ts";
export { sha256Hex } from "./sha256.ts";
export { isLowered, shipmentsOf, type Shipment } from "./shipment.ts";
export type { BundleStanding, BundleStandingRow, BundleStandingWord } from "./standing-report.ts";
