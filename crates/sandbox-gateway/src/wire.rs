//! What the merchant API takes and gives.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::Url;
use serde::{Deserialize, Serialize};

use crate::amount::{Amount, decimals_of};
use crate::clock;
use crate::faults::Faults;
use crate::payment::{Failure, Order, Payment, Settlement, Status};
use crate::reversal::{Dispute, DisputeStatus, Refund, RefundStatus};

/// The longest time that a payment may stay open: seven days.
const LONGEST_SECONDS: u64 = 7 * 24 * 60 * 60;

/// The body of `POST /api/payments`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreatePayment {
    reference: Option<String>,
    amount: Option<String>,
    currency: Option<String>,
    wallet: Option<String>,
    description: Option<String>,
    merchant: Option<String>,
    return_url: Option<String>,
    webhook_url: Option<String>,
    expires_in: Option<u64>,
}

/// The body of `POST /api/payments/{id}/settle`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettlePayment {
    /// What happens to the money.
    pub status: Settlement,
}

/// The body of `POST /api/payments/{id}/refunds`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefundPayment {
    amount: Option<String>,
}

impl RefundPayment {
    /// Reads how much is to be refunded; `None` where no amount was given, which means all that is
    /// left.
    ///
    /// # Errors
    /// [`FieldErrors`] if the amount is zero or cannot be read.
    pub fn amount(self) -> Result<Option<Amount>, FieldErrors> {
        let Some(text) = self.amount else {
            return Ok(None);
        };
        let amount = Amount::parse(&text).filter(|amount| !amount.is_zero());
        amount
            .map(Some)
            .ok_or_else(|| FieldErrors::from([("amount", "invalid")]))
    }
}

/// The body of `POST /api/payments/{id}/dispute`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DisputePayment {
    /// What the bank does.
    pub status: DisputeStatus,
}

/// What is wrong with single fields, by their names: `missing`, `too_long` or `invalid`.
pub type FieldErrors = BTreeMap<&'static str, &'static str>;

impl CreatePayment {
    /// Checks every field and makes the order.
    ///
    /// # Errors
    /// [`FieldErrors`] names every field that is missing, too long or invalid, so that the merchant
    /// sees all of them at once.
    pub fn order(self, now: Timestamp) -> Result<Order, FieldErrors> {
        let mut check = Check::default();
        let currency = check.field("currency", self.currency, |text| {
            decimals_of(&text).map(|_| text).ok_or("invalid")
        });
        let decimals = currency.as_deref().and_then(decimals_of);
        let amount = check.field("amount", self.amount, |text| {
            let amount = Amount::parse(&text).filter(|amount| !amount.is_zero());
            let fits = |amount: &Amount| decimals.is_none_or(|count| count == amount.decimals());
            amount.filter(fits).ok_or("invalid")
        });
        let reference = check.field("reference", self.reference, read_reference);
        let wallet = match self.wallet {
            Some(name) => check.field("wallet", Some(name), |text| at_most(100, text)),
            None => None,
        };
        let description = check.field("description", self.description, |text| at_most(200, text));
        let merchant = check.field("merchant", self.merchant, |text| at_most(100, text));
        let return_url = check.field("return_url", self.return_url, read_address);
        let webhook_url = check.field("webhook_url", self.webhook_url, read_address);
        let expires_at = check.field("expires_in", self.expires_in, |seconds| {
            let possible = (1..=LONGEST_SECONDS).contains(&seconds);
            possible
                .then(|| clock::later(now, Duration::from_secs(seconds)))
                .ok_or("invalid")
        });
        // Every field is checked before the first error ends it, so that all are told at once.
        let order = || {
            Some(Order {
                reference: reference?,
                amount: amount?,
                currency: currency?,
                wallet,
                description: description?,
                merchant: merchant?,
                return_url: return_url?,
                webhook_url: webhook_url?,
                expires_at: expires_at?,
            })
        };
        order()
            .filter(|_| check.errors.is_empty())
            .ok_or(check.errors)
    }
}

/// Collects what is wrong.
#[derive(Default)]
struct Check {
    errors: FieldErrors,
}

impl Check {
    fn field<T, R>(
        &mut self,
        name: &'static str,
        value: Option<T>,
        read: impl FnOnce(T) -> Result<R, &'static str>,
    ) -> Option<R> {
        match value.ok_or("missing").and_then(read) {
            Ok(read) => Some(read),
            Err(code) => {
                self.errors.insert(name, code);
                None
            }
        }
    }
}

fn read_reference(text: String) -> Result<String, &'static str> {
    let text = at_most(64, text)?;
    let plain = text
        .bytes()
        .all(|letter| letter.is_ascii_alphanumeric() || letter == b'-');
    if plain && !text.is_empty() {
        Ok(text)
    } else {
        Err("invalid")
    }
}

fn at_most(letters: usize, text: String) -> Result<String, &'static str> {
    if text.chars().count() <= letters {
        Ok(text)
    } else {
        Err("too_long")
    }
}

/// An absolute web address without a password in it, written as browsers write it.
fn read_address(text: String) -> Result<String, &'static str> {
    let text = at_most(2000, text)?;
    let address = Url::parse(&text).map_err(|_| "invalid")?;
    let web = matches!(address.scheme(), "http" | "https");
    let anonymous = address.username().is_empty() && address.password().is_none();
    if web && anonymous {
        Ok(address.into())
    } else {
        Err("invalid")
    }
}

/// A payment as merchants see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentView {
    id: String,
    reference: String,
    status: Status,
    url: String,
    /// The fields to post to `url`, where the page is opened by a form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    form: Option<Vec<(String, String)>>,
    amount: Amount,
    currency: String,
    amount_received: Option<Amount>,
    attempts: u32,
    failure: Option<Failure>,
    payment_id: Option<String>,
    #[serde(default)]
    currency_received: Option<String>,
    #[serde(default)]
    refunds: Vec<RefundView>,
    #[serde(default)]
    disputes: Vec<Dispute>,
    expires_at: Timestamp,
}

/// A refund as merchants see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct RefundView {
    id: String,
    amount: Amount,
    at: Timestamp,
    status: RefundStatus,
}

impl PaymentView {
    /// The payment at the gateway whose customers reach it at `public_url`.
    pub fn of(payment: &Payment, (public_url, faults): (&str, &Faults)) -> Self {
        let Payment { order, .. } = payment;
        let (url, form) = match faults.by_form {
            true => {
                let fields = vec![("payment".to_owned(), payment.id.clone())];
                (format!("{public_url}/open"), Some(fields))
            }
            false => (format!("{public_url}/pay/{}", payment.id), None),
        };
        Self {
            id: payment.id.clone(),
            reference: order.reference.clone(),
            status: payment.status,
            url,
            form,
            amount: order.amount,
            currency: order.currency.clone(),
            amount_received: payment.amount_received,
            attempts: payment.attempts,
            failure: payment.failure,
            payment_id: payment.payment_id.clone(),
            currency_received: payment.currency_received.clone(),
            refunds: payment.refunds.iter().map(RefundView::of).collect(),
            disputes: payment.disputes.clone(),
            expires_at: order.expires_at,
        }
    }

    /// The gateway's name for the payment.
    pub fn id(&self) -> &str {
        &self.id
    }
}

impl RefundView {
    fn of(refund: &Refund) -> Self {
        Self {
            id: refund.id.clone(),
            amount: refund.amount,
            at: refund.at,
            status: refund.status,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn body() -> Value {
        json!({
            "reference": "A-1", "amount": "45.00", "currency": "EUR", "description": "Invoice 7",
            "merchant": "Harbour Clinic", "return_url": "https://portal.example.com/back?s=1",
            "webhook_url": "https://portal.example.com/hook", "expires_in": 1800,
        })
    }

    fn order_of(body: Value) -> Result<Order, FieldErrors> {
        let create: CreatePayment = serde_json::from_value(body).unwrap();
        create.order("2026-11-21T10:00:00Z".parse().unwrap())
    }

    #[test]
    fn a_whole_request_becomes_an_order() {
        let order = order_of(body()).unwrap();
        assert_eq!(order.amount.to_string(), "45.00");
        assert_eq!(order.expires_at.to_string(), "2026-11-21T10:30:00Z");
    }

    #[test]
    fn each_wrong_field_is_named() {
        let cases = [
            ("amount", json!("45.0"), "invalid"),
            ("amount", json!("0.00"), "invalid"),
            ("amount", json!("-45.00"), "invalid"),
            ("amount", Value::Null, "missing"),
            ("currency", json!("eur"), "invalid"),
            ("reference", json!("a_b"), "invalid"),
            ("reference", json!(""), "invalid"),
            ("reference", json!("a".repeat(65)), "too_long"),
            ("merchant", json!("a".repeat(101)), "too_long"),
            ("wallet", json!("a".repeat(101)), "too_long"),
            ("return_url", json!("javascript:alert(1)"), "invalid"),
            ("return_url", json!("/back"), "invalid"),
            (
                "webhook_url",
                json!("https://me:secret@example.com/"),
                "invalid",
            ),
            ("expires_in", json!(0), "invalid"),
            ("expires_in", json!(LONGEST_SECONDS + 1), "invalid"),
        ];
        for (field, value, code) in cases {
            let mut body = body();
            body[field] = value.clone();
            assert_eq!(
                order_of(body),
                Err(FieldErrors::from([(field, code)])),
                "{field} {value}"
            );
        }
    }

    #[test]
    fn decimals_must_be_those_of_the_currency() {
        let cases = [
            ("JPY", "4500", true),
            ("JPY", "4500.00", false),
            ("KWD", "4.500", true),
        ];
        for (currency, amount, possible) in cases {
            let mut body = body();
            body["currency"] = json!(currency);
            body["amount"] = json!(amount);
            assert_eq!(order_of(body).is_ok(), possible, "{currency} {amount}");
        }
    }

    #[test]
    fn all_that_is_missing_is_told_at_once() {
        assert_eq!(order_of(json!({})).unwrap_err().len(), 8);
    }

    #[test]
    fn numbers_are_no_amounts() {
        let mut body = body();
        body["amount"] = json!(45.0);
        assert!(serde_json::from_value::<CreatePayment>(body).is_err());
    }
}
