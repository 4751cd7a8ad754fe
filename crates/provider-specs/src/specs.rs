//! What the providers publish, and what can be held against it.

use std::path::Path;

use crate::call::Call;
use crate::folder::open;
use crate::paypal::PayPal;
use crate::stripe::Stripe;

/// What the providers publish, read once.
#[derive(Debug)]
pub struct Specs {
    paypal: PayPal,
    stripe: Stripe,
}

impl Specs {
    /// Reads the files; `None` if their folder is missing, with the reason on standard error.
    ///
    /// # Panics
    /// If the folder is missing although [`REQUIRED`](crate::REQUIRED) is set to 1, and if a file
    /// in it is missing or cannot be read: what is there and broken must not pass for a skipped
    /// test.
    #[must_use]
    pub fn open() -> Option<Self> {
        open(Self::read)
    }

    fn read(folder: &Path) -> Result<Self, String> {
        Ok(Self {
            paypal: PayPal::read(folder)?,
            stripe: Stripe::read(folder)?,
        })
    }

    /// Holds a request to PayPal against its OpenAPI files. The operations that are
    /// [`UNDESCRIBED`](crate::UNDESCRIBED) there pass unread.
    ///
    /// # Errors
    /// Every fault of it, each in a sentence.
    pub fn paypal(&self, call: &Call) -> Result<(), Vec<String>> {
        self.paypal.request(call)
    }

    /// Holds an answer of PayPal's to a request against the same files. Answers may have further
    /// fields.
    ///
    /// # Errors
    /// Every fault of it, each in a sentence.
    pub fn paypal_answer(&self, call: &Call, status: u16, body: &[u8]) -> Result<(), Vec<String>> {
        self.paypal.answer(call, status, body)
    }

    /// Holds a request to Stripe against the schemas of its parameters.
    ///
    /// # Errors
    /// Every fault of it, each in a sentence.
    pub fn stripe(&self, call: &Call) -> Result<(), Vec<String>> {
        self.stripe.request(call)
    }

    /// Holds a Checkout Session, as Stripe answers with it, against its schema. It may have further
    /// fields: Stripe adds some without a new version of its API, and the session among Stripe's
    /// own fixtures has two that the schema does not name.
    ///
    /// # Errors
    /// Every fault of it, each in a sentence.
    pub fn stripe_session(&self, body: &[u8]) -> Result<(), Vec<String>> {
        self.stripe.session(body)
    }
}
