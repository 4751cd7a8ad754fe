//! The proof on notifications. The provider signs with a certificate; the stand-in signs the same
//! text with a key that only it has, so a notification can be proved by asking it, and not with a
//! certificate.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use reqwest::header::{HeaderMap, HeaderValue};
use sha2::Sha256;

use super::ids;

/// What the provider calls its signatures.
pub(super) const ALGORITHM: &str = "SHA256withRSA";

/// What a signature begins with: the published pattern wants a letter or digit first, where one in
/// base64 may have a sign.
const BEGINNING: &str = "S";

/// What a merchant shows to ask whether a notification is genuine.
pub(super) struct Shown<'a> {
    pub algorithm: &'a str,
    pub certificate: &'a str,
    pub id: &'a str,
    pub time: &'a str,
    pub signature: &'a str,
    pub webhook: &'a str,
    /// The event, byte by byte as the merchant has got it.
    pub event: &'a [u8],
}

/// Signs the notifications of one webhook.
#[derive(Clone)]
pub(super) struct Signer {
    keyed: Hmac<Sha256>,
    webhook: String,
    certificate: String,
}

impl Signer {
    /// A signer with a key that nobody else has.
    pub(super) fn new(origin: &str, webhook: &str) -> Self {
        let certificate = ids::transaction();
        Self {
            keyed: Hmac::new(&rand::random::<[u8; 64]>().into()),
            webhook: webhook.to_owned(),
            certificate: format!("{origin}/v1/notifications/certs/CERT-{certificate}"),
        }
    }

    fn sign(&self, (id, time): (&str, &str), body: &[u8]) -> Hmac<Sha256> {
        let sum = crc32fast::hash(body);
        let mut keyed = self.keyed.clone();
        keyed.update(format!("{id}|{time}|{}|{sum}", self.webhook).as_bytes());
        keyed
    }

    /// The headers of one try to deliver a body at a moment.
    pub(super) fn headers(&self, time: &str, body: &[u8]) -> HeaderMap {
        let id = ids::transmission();
        let signature = self.sign((&id, time), body).finalize().into_bytes();
        let signature = format!("{BEGINNING}{}", STANDARD.encode(signature));
        let headers = [
            ("paypal-auth-algo", ALGORITHM),
            ("paypal-auth-version", "v2"),
            ("paypal-cert-url", &self.certificate),
            ("paypal-transmission-id", &id),
            ("paypal-transmission-sig", &signature),
            ("paypal-transmission-time", time),
        ];
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            // All are ASCII, so each fits in a header.
            if let Ok(value) = HeaderValue::from_str(value) {
                map.insert(name, value);
            }
        }
        map
    }

    /// Whether what is shown is a notification of this webhook, unchanged.
    pub(super) fn is_genuine(&self, shown: &Shown<'_>) -> bool {
        let signature = shown.signature.strip_prefix(BEGINNING);
        let Some(signature) = signature.and_then(|text| STANDARD.decode(text).ok()) else {
            return false;
        };
        let signed = self.sign((shown.id, shown.time), shown.event);
        shown.algorithm == ALGORITHM
            && shown.certificate == self.certificate
            && shown.webhook == self.webhook
            && signed.verify_slice(&signature).is_ok()
    }
}
