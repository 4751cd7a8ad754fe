//! What the two pages of the payment window ask and tell: with no session, and
//! with nothing in it about money.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::described::described;
use crate::{CheckoutId, CheckoutStatus, is_secret};

/// A secret of at least 128 random bits that opens the way to the payment
/// provider once. It is stored hashed, and has no way to be shown.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LaunchToken(pub String);

described!(
    LaunchToken,
    crate::schema::text_of(&[
        "A secret of 256 random bits in base64url that opens the way to the payment provider",
        "once. It is stored hashed, and has no way to be shown."
    ])
    .pattern(Some(crate::SECRET_PATTERN))
);

impl LaunchToken {
    /// Whether it is 256 bits in base64url; anything else opens nothing.
    pub fn is_whole(&self) -> bool {
        is_secret(&self.0)
    }
}

impl fmt::Debug for LaunchToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LaunchToken(…)")
    }
}

/// `POST /pay/launch`: what the launch page asks, with no session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LaunchRequest {
    /// The token out of the page's own fragment. What could be none is told to wait as well.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub token: LaunchToken,
}

/// The answer to [`LaunchRequest`]. Unknown, expired and spent tokens all read as
/// [`LaunchAnswer::Wait`] until the page gives up, so that a guess learns nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum LaunchAnswer {
    /// Ask again.
    Wait,
    /// Go there; handing this out spends the token.
    Go {
        /// The payment provider's page.
        url: String,
        /// The origins that the page may go to.
        origins: Vec<String>,
        /// The fields of the form to post there; `None` if the address is gone to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        form: Option<Vec<FormField>>,
    },
}

/// One field of a form that opens a payment provider's page.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FormField {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

impl fmt::Debug for FormField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The values open the page.
        f.debug_struct("FormField")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// `POST /pay/status`: what the return page asks, with no session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReturnRequest {
    /// The checkout.
    pub c: CheckoutId,
    /// Its nonce.
    pub n: String,
}

/// The answer to [`ReturnRequest`]: one word, no name, no amount, no item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReturnAnswer {
    /// The state of the checkout.
    pub status: CheckoutStatus,
}

/// What the return page posts to its opener and on the channel `portico.checkout`.
/// It is a hint to ask the server, and nothing else is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReturnMessage {
    /// Always [`ReturnMessage::NAMESPACE`].
    pub ns: String,
    /// Always [`ReturnMessage::VERSION`].
    pub v: u32,
    /// Always [`ReturnMessage::KIND`].
    pub t: String,
    /// The checkout.
    pub c: CheckoutId,
    /// Its nonce.
    pub n: String,
}

impl ReturnMessage {
    /// The namespace of the message, and the name of the channel.
    pub const NAMESPACE: &str = "portico.checkout";
    /// The version that this build speaks.
    pub const VERSION: u32 = 1;
    /// The only kind there is.
    pub const KIND: &str = "return";
    /// A longer message is not read.
    pub const MOST_BYTES: usize = 1024;

    /// The message about a checkout, as it travels.
    pub fn about(checkout: &CheckoutId, nonce: &str) -> String {
        let message = Self {
            ns: Self::NAMESPACE.to_owned(),
            v: Self::VERSION,
            t: Self::KIND.to_owned(),
            c: checkout.clone(),
            n: nonce.to_owned(),
        };
        // Nothing in it can fail to be written; an empty text would be read by nobody.
        serde_json::to_string(&message).unwrap_or_default()
    }

    /// Reads a message, if it is one of ours.
    pub fn read(text: &str) -> Option<Self> {
        if text.len() > Self::MOST_BYTES {
            return None;
        }
        let message: Self = serde_json::from_str(text).ok()?;
        let ours =
            message.ns == Self::NAMESPACE && message.v == Self::VERSION && message.t == Self::KIND;
        ours.then_some(message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_message_is_read() {
        let good = r#"{"ns":"portico.checkout","v":1,"t":"return","c":"co_1","n":"x"}"#;
        assert_eq!(ReturnMessage::read(good).unwrap().c.as_str(), "co_1");
        let about = ReturnMessage::about(&CheckoutId::parse("co_1").unwrap(), "x");
        assert_eq!(about, good);
        let long = format!(
            r#"{{"ns":"portico.checkout","v":1,"t":"return","c":"co_1","n":"{}"}}"#,
            "x".repeat(1024)
        );
        for bad in [
            "",
            "{}",
            "[1]",
            r#"{"ns":"other","v":1,"t":"return","c":"co_1","n":"x"}"#,
            r#"{"ns":"portico.checkout","v":2,"t":"return","c":"co_1","n":"x"}"#,
            r#"{"ns":"portico.checkout","v":1,"t":"paid","c":"co_1","n":"x"}"#,
            r#"{"ns":"portico.checkout","v":1,"t":"return","c":"co_1","n":"x","amount":"1"}"#,
            &long,
        ] {
            assert_eq!(ReturnMessage::read(bad), None, "{bad}");
        }
    }
}
