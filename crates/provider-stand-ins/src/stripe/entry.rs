//! What a customer types on the form.

use serde::Deserialize;

use super::paying::Payer;
use super::session::Session;
use super::session_params::is_email;

/// A field and what is wrong with it.
pub(super) type Wrong = Option<(&'static str, &'static str)>;

/// What a customer types on the form.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Entry {
    pub number: String,
    pub expiry: String,
    pub cvc: String,
    pub name: String,
    pub email: String,
    /// The bank debit that is chosen.
    pub method: String,
    /// The button that was pressed.
    pub action: String,
}

impl Entry {
    pub(super) fn payer(&self) -> Payer {
        let email = self.email.trim();
        Payer {
            email: (!email.is_empty()).then(|| email.to_owned()),
            name: self.name.trim().to_owned(),
        }
    }

    /// What is wrong about who pays; `fields` are what the form calls the name and the address.
    pub(super) fn payer_error(
        &self,
        session: &Session,
        fields: (&'static str, &'static str),
    ) -> Wrong {
        let (name, email) = fields;
        if session.asked.customer_email.is_none() && !is_email(self.email.trim()) {
            return Some((email, "Your email is incomplete."));
        }
        let empty = self.name.trim().is_empty();
        empty.then_some((name, "Your name is incomplete."))
    }

    /// What is wrong besides the card's number and expiry.
    pub(super) fn card_error(&self, session: &Session) -> Wrong {
        if let Some(wrong) = self.payer_error(session, ("name", "email")) {
            return Some(wrong);
        }
        let cvc = self.cvc.trim();
        let complete = cvc.len() == 3 && cvc.bytes().all(|byte| byte.is_ascii_digit());
        (!complete).then_some(("cvc", "Your card's security code is incomplete."))
    }
}
