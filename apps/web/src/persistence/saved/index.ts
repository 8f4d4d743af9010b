export { openSavedDesign } from "./open-saved.ts";
export { keepReviewToken, keepUnlockedToken, reviewToken, unlockedToken } from "./review-token.ts";
export { readReviewAddress, reviewAddress } from "./saved-address.ts";
