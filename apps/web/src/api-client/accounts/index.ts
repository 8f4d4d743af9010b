export {
  accountQuery,
  accountsKey,
  createWorkspace,
  membersQuery,
  removeMember,
  setMember,
  signInAddress,
  signOut,
  workspaceDesignsQuery,
  workspacesQuery,
} from "./accounts.ts";
