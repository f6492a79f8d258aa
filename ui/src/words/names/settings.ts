import type { StoreKind } from "../../ipc/bindings";

/** The words for the kind of a certificate store. */
export const storeWord: Record<StoreKind, string> = {
  native: "store-native",
  nss: "store-nss",
  device: "store-device",
};
