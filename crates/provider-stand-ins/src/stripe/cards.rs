//! Test cards, and what each does.
//!
//! A full number lives in one request and nowhere else: only its last four digits are kept.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};

/// Why a payment failed, in the provider's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Failure {
    pub code: &'static str,
    pub decline_code: Option<&'static str>,
    pub message: &'static str,
    /// Whether it is the card that failed, and not the customer's proof or a bank debit.
    pub of_card: bool,
}

impl Failure {
    const fn card(
        code: &'static str,
        decline: Option<&'static str>,
        message: &'static str,
    ) -> Self {
        Self {
            code,
            decline_code: decline,
            message,
            of_card: true,
        }
    }

    /// The customer did not prove who they are.
    pub(super) const NOT_AUTHENTICATED: Self = Self {
        code: "payment_intent_authentication_failure",
        decline_code: None,
        message: "We are unable to authenticate your payment method. Please choose a different \
                  payment method and try again.",
        of_card: false,
    };

    /// The bank did not pay a debit.
    pub(super) const DEBIT: Self = Self {
        code: "payment_intent_payment_attempt_failed",
        decline_code: Some("insufficient_funds"),
        message: "The customer's account has insufficient funds to cover this payment.",
        of_card: false,
    };

    /// The error that the payment keeps.
    pub(super) fn json(&self, charge: Option<&str>) -> Value {
        let mut error = Map::new();
        let kind = if self.of_card {
            "card_error"
        } else {
            "invalid_request_error"
        };
        error.insert("type".into(), kind.into());
        error.insert("code".into(), self.code.into());
        error.insert("message".into(), self.message.into());
        let page = self.code.replace('_', "-");
        let page = format!("https://stripe.com/docs/error-codes/{page}");
        error.insert("doc_url".into(), page.into());
        if let Some(decline) = self.decline_code {
            error.insert("decline_code".into(), decline.into());
        }
        if let Some(charge) = charge {
            error.insert("charge".into(), charge.into());
        }
        Value::Object(error)
    }
}

/// What happens to the refunds of a card's payment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Refunds {
    /// They succeed at once.
    #[default]
    Succeed,
    /// They are pending until somebody settles them.
    Wait,
    /// They succeed, and fail when somebody settles them.
    FailLater,
}

/// What a card does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Does {
    Pays(Refunds),
    PaysAndIsDisputed,
    Declines(Failure),
    /// Asks the customer to prove who they are, and pays.
    Authenticates,
}

/// A card that the provider documents.
pub(super) struct TestCard {
    pub number: &'static str,
    /// What it does, in words for the page.
    pub words: &'static str,
    does: Does,
}

const fn card(number: &'static str, words: &'static str, does: Does) -> TestCard {
    TestCard {
        number,
        words,
        does,
    }
}

/// The cards that the page lists.
pub(super) const CARDS: [TestCard; 9] = [
    card("4242 4242 4242 4242", "Pays", Does::Pays(Refunds::Succeed)),
    card(
        "4000 0000 0000 0002",
        "Declined",
        Does::Declines(Failure::card(
            "card_declined",
            Some("generic_decline"),
            "Your card was declined.",
        )),
    ),
    card(
        "4000 0000 0000 9995",
        "Declined: too little money",
        Does::Declines(Failure::card(
            "card_declined",
            Some("insufficient_funds"),
            "Your card has insufficient funds.",
        )),
    ),
    card(
        "4000 0000 0000 0069",
        "Declined: expired",
        Does::Declines(Failure::card(
            "expired_card",
            None,
            "Your card has expired.",
        )),
    ),
    card(
        "4000 0025 0000 3155",
        "Asks for 3-D Secure",
        Does::Authenticates,
    ),
    card(
        "4000 0000 0000 3220",
        "Asks for 3-D Secure 2",
        Does::Authenticates,
    ),
    card(
        "4000 0000 0000 0259",
        "Pays, and is disputed",
        Does::PaysAndIsDisputed,
    ),
    card(
        "4000 0000 0000 7726",
        "Pays; refunds are pending",
        Does::Pays(Refunds::Wait),
    ),
    card(
        "4000 0000 0000 5126",
        "Pays; refunds fail later",
        Does::Pays(Refunds::FailLater),
    ),
];

const NO_TEST_CARD: Failure = Failure::card(
    "card_declined",
    Some("test_mode_live_card"),
    "Your card was declined. Your request was in test mode, but used a non test card.",
);

/// A card that can be tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Card {
    pub does: Does,
    pub last4: String,
    exp_month: i8,
    exp_year: i16,
}

impl Card {
    /// Reads a number, and an expiry such as `12/34`.
    ///
    /// The error says which field is wrong, and why.
    pub(super) fn read(
        number: &str,
        expiry: &str,
        now: i64,
    ) -> Result<Self, (&'static str, &'static str)> {
        let digits: String = number.chars().filter(|c| !c.is_whitespace()).collect();
        let last4 = digits.get(digits.len().saturating_sub(4)..);
        let Some(last4) = last4.filter(|_| is_number(&digits)) else {
            return Err(("number", "Your card number is invalid."));
        };
        let Some((exp_month, exp_year)) = read_expiry(expiry) else {
            return Err(("expiry", "Your card's expiration date is incomplete."));
        };
        let today = Timestamp::from_second(now).unwrap_or_default();
        let today = today.to_zoned(TimeZone::UTC).date();
        if (exp_year, exp_month) < (today.year(), today.month()) {
            return Err(("expiry", "Your card's expiration date is in the past."));
        }
        let mut cards = CARDS.iter();
        let known = cards.find(|card| card.number.replace(' ', "") == digits);
        Ok(Self {
            does: known.map_or(Does::Declines(NO_TEST_CARD), |card| card.does),
            last4: last4.to_owned(),
            exp_month,
            exp_year,
        })
    }

    /// What a charge tells about the card.
    pub(super) fn json(&self, amount: i64, authenticated: bool) -> Value {
        let secure = authenticated.then(|| {
            json!({
                "authentication_flow": "challenge", "electronic_commerce_indicator": "05",
                "exemption_indicator": null, "result": "authenticated", "result_reason": null,
                "transaction_id": null, "version": "2.2.0",
            })
        });
        json!({
            "amount_authorized": amount, "authorization_code": null, "brand": "visa",
            "checks": {
                "address_line1_check": null, "address_postal_code_check": null, "cvc_check": "pass",
            },
            "country": "US", "exp_month": self.exp_month, "exp_year": self.exp_year,
            "extended_authorization": { "status": "disabled" }, "funding": "credit",
            "incremental_authorization": { "status": "unavailable" }, "installments": null,
            "last4": self.last4, "mandate": null, "multicapture": { "status": "unavailable" },
            "network": "visa", "network_token": { "used": false }, "network_transaction_id": null,
            "overcapture": { "maximum_amount_capturable": amount, "status": "unavailable" },
            "regulated_status": "unregulated", "three_d_secure": secure, "wallet": null,
        })
    }
}

/// Whether digits are a card's number: their count, and the check digit of ISO/IEC 7812.
fn is_number(digits: &str) -> bool {
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
    if !plain || !(12..=19).contains(&digits.len()) {
        return false;
    }
    let values = digits.bytes().rev().map(|byte| u32::from(byte - b'0'));
    let sum: u32 = values
        .enumerate()
        .map(|(place, digit)| match (place % 2, digit * 2) {
            (0, _) => digit,
            (_, doubled) if doubled > 9 => doubled - 9,
            (_, doubled) => doubled,
        })
        .sum();
    sum.is_multiple_of(10)
}

fn read_expiry(text: &str) -> Option<(i8, i16)> {
    let (month, year) = text.trim().split_once('/')?;
    let (month, year) = (month.trim(), year.trim());
    let plain = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    if !plain(month) || !plain(year) {
        return None;
    }
    let month = month
        .parse()
        .ok()
        .filter(|month| (1..=12).contains(month))?;
    Some((month, 2000 + year.parse::<i16>().ok()?))
}
