export {
  accountQuery,
  accountsKey,
  createWorkspace,
  keepWayBack,
  membersQuery,
  removeMember,
  setMember,
  signInAddress,
  signInAgainAddress,
  signOut,
  workspaceDesignsQuery,
  workspacesQuery,
} from "./accounts.ts";
