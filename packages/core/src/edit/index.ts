export { setAbi } from "./abi.ts";
export { addRules, type AddRulesOutcome } from "./add-rules.ts";
export { capabilityTick, setCapability, type AccessWish, type CapabilityTick } from "./capability.ts";
export { checkAttachment, checkName, checkPath } from "./check-words.ts";
export { checkRule } from "./check-rule.ts";
export { setDesignName, setNoNewPrivs, setTargets } from "./config-values.ts";
export { ruleName } from "./describe-rule.ts";
export type { EditOffer, EditOutcome } from "./edit-outcome.ts";
export { addRule, rewriteRule, removeRule } from "./edit-rule.ts";
export { setFlag, setMode } from "./flags.ts";
export { addInclude, removeInclude } from "./include.ts";
export { networkTick, setNetwork, type NetworkCell, type NetworkTick } from "./network.ts";
export { fileNameFor, newProfileText, type NewProfile } from "./new-profile.ts";
export { chooseLowering, forgetLowering, loweringTextProblem } from "./lowering-choice.ts";
export { addPeer, changePeer, freshPeerId, removePeer, type PeerDraft } from "./peers.ts";
export { removeService, setService } from "./services.ts";
export { setAttachment, setName } from "./profile-head.ts";
export { ownValue } from "./against-blocks.ts";
export { takeOutOfBlock } from "./take-out-of-block.ts";
export { addVariable, removeVariable, setVariable } from "./variable.ts";
export { addAlias, changeAlias, removeAlias, type AliasPaths } from "./alias.ts";
export { addBoolean, removeBoolean, setBoolean } from "./boolean.ts";
export { addChild, removeProfile, type NewChild } from "./child.ts";
export {
  addElse,
  branchesOf,
  checkCondition,
  conditionalsOf,
  conditionOf,
  removeBranch,
  removeConditional,
  setCondition,
  unwrapConditional,
  wrapInConditional,
} from "./conditional.ts";
export { formatFile } from "./format-file.ts";
export { moveRule, qualifierProblems, removeRules, setQualifiers, type QualifierWish } from "./many-rules.ts";
export { changeRule, changeRules, type RuleChange } from "./change-rule.ts";
export { eolAt, indentAt } from "./lines.ts";
export { includesTunables, meantPath, type MeantPath } from "./meant-path.ts";
export { copyRules, moveRules, type RulePlace } from "./move-rules.ts";
export { profileUses, renameProfile, type ProfilePlace } from "./rename-profile.ts";
export { renameVariable, variableUses, type VariableUse } from "./variable-uses.ts";
export {
  entriesOf,
  isJsonObject,
  putSetting,
  renumberPeers,
  settingRange,
  settingsOf,
  type SettingPlace,
} from "./setting.ts";
export { setXattrs } from "./xattrs.ts";
