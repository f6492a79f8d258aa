import type { StoreKind } from "../../ipc/bindings";

/** What kind of place certificates are kept in. */
export const storeWord: Record<StoreKind, string> = {
  native: "store-native",
  nss: "store-nss",
  device: "store-device",
};
