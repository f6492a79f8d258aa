//! The names of classes, attributes and options in the Security framework.

#![allow(unsafe_code, reason = "the framework's constants are foreign statics")]

use core_foundation::base::TCFType;
use core_foundation::string::{CFString, CFStringRef};
use security_framework_sys::item as sys;

// Those that security-framework-sys does not know.
// SAFETY: declared as in SecItem.h, where each is a `const CFStringRef`.
#[link(name = "Security", kind = "framework")]
unsafe extern "C" {
    static kSecMatchItemList: CFStringRef;
    static kSecAttrApplicationTag: CFStringRef;
    static kSecAttrIsExtractable: CFStringRef;
    static kSecAttrIsSensitive: CFStringRef;
}

macro_rules! constants {
    ($($name:ident = $constant:path;)*) => {$(
        pub(super) fn $name() -> CFString {
            // SAFETY: the framework sets its constants up when it is loaded, and never changes or releases them.
            unsafe { CFString::wrap_under_get_rule($constant) }
        }
    )*};
}

constants! {
    class = sys::kSecClass;
    class_certificate = sys::kSecClassCertificate;
    class_identity = sys::kSecClassIdentity;
    class_key = sys::kSecClassKey;

    match_item_list = kSecMatchItemList;
    match_limit = sys::kSecMatchLimit;
    match_limit_all = sys::kSecMatchLimitAll;
    return_attributes = sys::kSecReturnAttributes;
    return_reference = sys::kSecReturnRef;
    value_reference = sys::kSecValueRef;
    use_authentication_ui = sys::kSecUseAuthenticationUI;
    use_authentication_ui_skip = sys::kSecUseAuthenticationUISkip;
    use_data_protection_keychain = sys::kSecUseDataProtectionKeychain;

    access_control = sys::kSecAttrAccessControl;
    application_label = sys::kSecAttrApplicationLabel;
    application_tag = kSecAttrApplicationTag;
    can_sign = sys::kSecAttrCanSign;
    can_verify = sys::kSecAttrCanVerify;
    is_extractable = kSecAttrIsExtractable;
    is_permanent = sys::kSecAttrIsPermanent;
    is_sensitive = kSecAttrIsSensitive;
    key_class = sys::kSecAttrKeyClass;
    key_class_private = sys::kSecAttrKeyClassPrivate;
    key_class_public = sys::kSecAttrKeyClassPublic;
    key_size = sys::kSecAttrKeySizeInBits;
    key_type = sys::kSecAttrKeyType;
    key_type_ec = sys::kSecAttrKeyTypeECSECPrimeRandom;
    key_type_rsa = sys::kSecAttrKeyTypeRSA;
    label = sys::kSecAttrLabel;
    private_key_attributes = sys::kSecPrivateKeyAttrs;
    public_key_attributes = sys::kSecPublicKeyAttrs;
    token_id = sys::kSecAttrTokenID;
    token_id_secure_enclave = sys::kSecAttrTokenIDSecureEnclave;
}
