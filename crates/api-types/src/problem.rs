//! Errors on the wire: RFC 9457 `application/problem+json` with a stable code.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::word::words;
use crate::{CheckoutId, Money};

words! {
    /// What went wrong, for the portal to find words for. Codes are never taken back.
    Code {
        /// The body is not what the endpoint takes; `field_errors` may say where.
        Invalid = "invalid",
        /// Nothing like this exists, or it is somebody else's.
        NotFound = "not_found",
        /// The endpoint does not take this method.
        MethodNotAllowed = "method_not_allowed",
        /// E-mail and password do not fit each other.
        WrongCredentials = "wrong_credentials",
        /// There is no session, or it has ended.
        SignedOut = "signed_out",
        /// Too many tries; `retry_after` says for how many seconds to wait.
        TooManyTries = "too_many_tries",
        /// The request did not come from the portal.
        Forbidden = "forbidden",
        /// The request was not for this host (RFC 9110, 421).
        Misdirected = "misdirected",
        /// The session belongs to another person than the page thinks.
        PersonChanged = "person_changed",
        /// The total on screen is not the total any more.
        TotalChanged = "total_changed",
        /// Somebody else has the time by now, or it is not offered any more.
        TimeTaken = "time_taken",
        /// What it costs is not what the customer was told.
        TermsChanged = "terms_changed",
        /// The event cannot be changed so any more.
        NotChangeable = "not_changeable",
        /// No more before the provider has answered.
        WaitForAnswer = "wait_for_answer",
        /// It cannot be paid now.
        NotPayable = "not_payable",
        /// A checkout is open on it already; see `checkout`.
        CheckoutOpen = "checkout_open",
        /// The customer has as many checkouts open as the portal allows at once.
        TooManyOpen = "too_many_open",
        /// The checkout is past this.
        CheckoutOver = "checkout_over",
        /// The page that was open cannot be closed at its payment provider: it may still be
        /// paid on, and another way needs the customer's explicit yes.
        PageStillOpen = "page_still_open",
        /// The key was used for another request.
        KeyReused = "key_reused",
        /// The first request with the key is still running.
        StillRunning = "still_running",
        /// The `Idempotency-Key` header is missing.
        KeyMissing = "key_missing",
        /// The feature is switched off.
        FeatureOff = "feature_off",
        /// The body is larger than the endpoint takes.
        TooLarge = "too_large",
        /// An amount or a sum of the account is beyond what a portal keeps.
        AmountTooLarge = "amount_too_large",
        /// There is more than one document can hold; fewer days have less.
        TooMuch = "too_much",
        /// The payment provider cannot be reached.
        GatewayAway = "gateway_away",
        /// Something broke on the server; `request_id` finds it in the logs.
        Internal = "internal",
    }
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// `missing`, `too_long`, `invalid`, `too_small`, `too_large` or `wrong_currency`.
    pub code: String,
    /// The least that an amount may be, where it is `too_small`, and the most, where it is
    /// `too_large`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bound: Option<Money>,
}

/// An error answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// Always `about:blank`: the code says what it is (RFC 9457, 4.2.1).
    #[serde(rename = "type")]
    pub kind: String,
    /// The HTTP status again.
    pub status: u16,
    /// What went wrong.
    pub code: Code,
    /// What is wrong with single fields, by their names.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub field_errors: BTreeMap<String, FieldError>,
    /// Finds the request in the server's logs; worth telling support.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub request_id: String,
    /// Seconds to wait before trying again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
    /// The open checkout that stands in the way, if it is the caller's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checkout: Option<CheckoutId>,
}

impl Problem {
    /// An error with nothing but its code.
    pub fn new(status: u16, code: Code) -> Self {
        Self {
            kind: "about:blank".to_owned(),
            status,
            code,
            field_errors: BTreeMap::new(),
            request_id: String::new(),
            retry_after: None,
            checkout: None,
        }
    }
}
