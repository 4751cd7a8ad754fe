//! The proof on events: `t=<seconds>,v1=<hex>`, with an HMAC-SHA256 over `<seconds>.<body>`.
//!
//! While a secret is being rolled the endpoint has two, and there is a `v1` of each. In test mode a
//! `v0` is sent besides, which proves nothing.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// The header's value for a body that is sent at a moment, in seconds since 1970.
pub fn sign(secrets: &[String], seconds: i64, body: &[u8], live: bool) -> String {
    let mut header = format!("t={seconds}");
    for secret in secrets {
        header.push_str(",v1=");
        header.push_str(&hex(secret, seconds, body));
    }
    if !live {
        // Some key that no merchant knows: the scheme is there to be passed over.
        header.push_str(",v0=");
        header.push_str(&hex("v0", seconds, body));
    }
    header
}

fn hex(secret: &str, seconds: i64, body: &[u8]) -> String {
    let Ok(mut keyed) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else {
        // An HMAC takes keys of any length.
        return String::new();
    };
    keyed.update(format!("{seconds}.").as_bytes());
    keyed.update(body);
    let bytes = keyed.finalize().into_bytes();
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
