//! The sandbox's JSON, and its conversion to our types. Amounts are decimal text with exactly the
//! digits of the currency, so nothing is rounded.

use api_types::{BadMoney, Currency, FailureCode, MethodKind, Money, PaidBy};
use serde::{Deserialize, Serialize};

use super::payment_events::{self, Dispute, Refund};
use crate::gateways::{
    Ended, Ending, Order, PaymentEvents, ProviderPage, ProviderPayment, ProviderState, Received,
    TooLarge,
};

/// The body of `POST /api/payments`.
#[derive(Serialize)]
pub(super) struct NewPayment<'a> {
    reference: &'a str,
    amount: String,
    currency: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    wallet: Option<&'a str>,
    description: &'a str,
    merchant: &'a str,
    return_url: &'a str,
    webhook_url: &'a str,
    expires_in: u64,
}

impl<'a> NewPayment<'a> {
    pub(super) fn of(order: &'a Order) -> Self {
        Self {
            reference: order.reference.as_str(),
            amount: order.amount.amount_text(),
            currency: order.amount.currency().to_string(),
            wallet: wallet(&order.paid_by),
            description: &order.description,
            merchant: &order.merchant,
            return_url: &order.return_url,
            webhook_url: &order.webhook_url,
            expires_in: order.lifetime.as_secs(),
        }
    }
}

/// The name of the wallet that was chosen, if the method is a wallet: the sandbox takes any.
fn wallet(by: &PaidBy) -> Option<&str> {
    let name = by.option.as_ref().or(by.label.as_ref());
    name.filter(|_| by.kind == MethodKind::Wallet)
        .map(String::as_str)
}

/// A payment in the sandbox's answers and notifications.
#[derive(Deserialize)]
pub(super) struct Payment {
    id: String,
    reference: String,
    status: String,
    url: String,
    /// The fields of the form that has to be posted to its page, if it is opened by one.
    #[serde(default)]
    form: Option<Vec<(String, String)>>,
    amount: String,
    currency: String,
    amount_received: Option<String>,
    attempts: u32,
    failure: Option<String>,
    payment_id: Option<String>,
    /// Set only if another currency came than was asked for.
    #[serde(default)]
    currency_received: Option<String>,
    #[serde(default)]
    refunds: Vec<Refund>,
    #[serde(default)]
    disputes: Vec<Dispute>,
}

/// The answer to `GET /api/payments?reference=`.
#[derive(Deserialize)]
pub(super) struct Payments {
    pub(super) data: Vec<Payment>,
}

/// A notification, of which only the ids are read.
#[derive(Deserialize)]
pub(super) struct Webhook {
    pub(super) id: String,
    pub(super) payment: Named,
}

/// The payment that a notification is about.
#[derive(Deserialize)]
pub(super) struct Named {
    pub(super) reference: String,
}

impl Payment {
    /// Converts a payment to our types. The address of its page is checked, because customers are
    /// sent there.
    ///
    /// # Errors
    /// A sentence for the log if the address of the page is malformed or its origin is not one of
    /// `origins`.
    pub(super) fn in_our_words(self, origins: &[String]) -> Result<ProviderPayment, &'static str> {
        let url = reqwest::Url::parse(&self.url).map_err(|_| "its page has no address")?;
        let origin = url.origin().ascii_serialization();
        if !origins.contains(&origin) {
            return Err("its page lies on another origin than the settings say");
        }
        Ok(ProviderPayment {
            state: self.state(),
            events: self.events(),
            id: self.id,
            reference: self.reference,
            page: Some(ProviderPage {
                url: self.url,
                form: self.form,
            }),
            fee: None,
            awaits_fee: false,
            ids: Vec::new(),
        })
    }

    fn state(&self) -> ProviderState {
        match self.status.as_str() {
            "open" => ProviderState::Open,
            "processing" => ProviderState::Processing(self.money(Some(&self.amount))),
            "paid" => self.paid_state(),
            "failed" => ProviderState::Ended(self.ending(Ended::Failed)),
            "cancelled" => ProviderState::Ended(self.ending(Ended::Cancelled)),
            "expired" => ProviderState::Ended(self.ending(Ended::Expired)),
            _ => ProviderState::Unreadable,
        }
    }

    /// Money in the currency that came, which is the one that was asked for unless the sandbox
    /// names another.
    fn money(&self, amount: Option<&str>) -> Option<Received> {
        Some(Received {
            payment_id: self.payment_id.clone()?,
            amount: self.amount(amount?)?,
        })
    }

    /// The money that has come, or that it is more than can be represented.
    /// [`ProviderState::within_bounds`] then applies the bound of amounts, for every provider
    /// alike.
    fn paid_state(&self) -> ProviderState {
        let told = self.payment_id.clone().zip(self.amount_received.as_deref());
        let Some(((payment_id, text), currency)) = told.zip(self.currency()) else {
            return ProviderState::Unreadable;
        };
        match Money::parse_sum(text, currency) {
            Ok(amount) => ProviderState::Paid(Received { payment_id, amount }),
            Err(BadMoney::TooLarge { .. }) => ProviderState::TooLarge(TooLarge {
                payment_id,
                amount: None,
            }),
            Err(_) => ProviderState::Unreadable,
        }
    }

    fn currency(&self) -> Option<Currency> {
        let code = self.currency_received.as_ref().unwrap_or(&self.currency);
        Currency::parse(code).ok()
    }

    fn amount(&self, text: &str) -> Option<Money> {
        Money::parse(text, self.currency()?).ok()
    }

    fn events(&self) -> PaymentEvents {
        payment_events::read(&self.refunds, &self.disputes, |text| self.amount(text))
    }

    fn ending(&self, how: Ended) -> Ending {
        let failure = self.failure.as_deref().map(|word| match word {
            "card_declined" => FailureCode::CardDeclined,
            "insufficient_funds" => FailureCode::InsufficientFunds,
            "expired_card" => FailureCode::ExpiredCard,
            // Whatever else it says, it is the provider's to explain.
            _ => FailureCode::ProviderError,
        });
        Ending {
            how,
            tried: self.attempts > 0,
            failure,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn told(change: Value) -> Result<ProviderPayment, &'static str> {
        let mut body = json!({
            "id": "pay_1", "reference": "A-1", "status": "open",
            "url": "http://127.0.0.1:8090/pay/pay_1", "amount": "45.00", "currency": "EUR",
            "amount_received": null, "attempts": 0, "failure": null, "payment_id": null,
            "expires_at": "2026-11-21T10:30:00Z", "something_new": true,
        });
        for (name, value) in change.as_object().unwrap() {
            body[name] = value.clone();
        }
        let payment: Payment = serde_json::from_value(body).unwrap();
        payment.in_our_words(&["http://127.0.0.1:8090".to_owned()])
    }

    fn received(minor: i64, code: &str) -> Received {
        Received {
            payment_id: "ch_1".to_owned(),
            amount: Money::from_minor(minor, Currency::parse(code).unwrap()),
        }
    }

    fn ended(how: Ended, tried: bool, failure: Option<FailureCode>) -> ProviderState {
        ProviderState::Ended(Ending {
            how,
            tried,
            failure,
        })
    }

    #[test]
    fn each_of_its_words_has_one_of_ours() {
        let declined = Some(FailureCode::CardDeclined);
        for (change, state) in [
            (json!({}), ProviderState::Open),
            (
                json!({"status": "processing"}),
                ProviderState::Processing(None),
            ),
            (
                json!({"status": "processing", "payment_id": "ch_1"}),
                ProviderState::Processing(Some(received(4500, "EUR"))),
            ),
            (
                json!({"status": "paid", "payment_id": "ch_1", "amount_received": "44.99"}),
                ProviderState::Paid(received(4499, "EUR")),
            ),
            (
                json!({"status": "failed", "attempts": 2, "failure": "card_declined"}),
                ended(Ended::Failed, true, declined),
            ),
            (
                json!({"status": "failed", "attempts": 1, "failure": "stolen_card"}),
                ended(Ended::Failed, true, Some(FailureCode::ProviderError)),
            ),
            (
                json!({"status": "cancelled"}),
                ended(Ended::Cancelled, false, None),
            ),
            (
                json!({"status": "expired"}),
                ended(Ended::Expired, false, None),
            ),
            (json!({"status": "half_paid"}), ProviderState::Unreadable),
        ] {
            assert_eq!(told(change.clone()).unwrap().state, state, "{change}");
        }
    }

    #[test]
    fn money_is_exact_or_it_is_not_money() {
        for (amount, code, state) in [
            ("1200", "JPY", ProviderState::Paid(received(1200, "JPY"))),
            ("1.250", "KWD", ProviderState::Paid(received(1250, "KWD"))),
            ("1200.00", "JPY", ProviderState::Unreadable),
            ("1.25", "KWD", ProviderState::Unreadable),
            ("45,00", "EUR", ProviderState::Unreadable),
            ("45.00", "XXX", ProviderState::Unreadable),
        ] {
            let change = json!({
                "status": "paid", "payment_id": "ch_1", "amount_received": amount, "currency": code,
            });
            assert_eq!(told(change).unwrap().state, state, "{amount} {code}");
        }
        let unnamed = json!({"status": "paid", "amount_received": "45.00"});
        assert_eq!(told(unnamed).unwrap().state, ProviderState::Unreadable);
    }

    #[test]
    fn what_is_too_large_is_told_apart_from_what_cannot_be_read() {
        let paid = |amount: &str| {
            let change = json!({
                "status": "paid", "payment_id": "ch_1", "amount_received": amount,
            });
            told(change).unwrap().state.within_bounds()
        };
        let most = "10000000000000.00";
        assert_eq!(
            paid(most),
            ProviderState::Paid(received(Money::MOST_MINOR, "EUR"))
        );
        let too_large = |amount| {
            ProviderState::TooLarge(TooLarge {
                payment_id: "ch_1".to_owned(),
                amount,
            })
        };
        let beyond = received(Money::MOST_MINOR + 1, "EUR").amount;
        assert_eq!(paid("10000000000000.01"), too_large(Some(beyond)));
        for amount in ["92233720368547758.07", "99999999999999999999999999.00"] {
            assert_eq!(paid(amount), too_large(None), "{amount}");
        }
        // What is on its way is waited for, whatever it is said to be.
        let change = json!({
            "status": "processing", "payment_id": "ch_1", "amount": "10000000000000.01",
        });
        let state = told(change).unwrap().state.within_bounds();
        assert_eq!(state, ProviderState::Processing(None));
    }

    #[test]
    fn customers_are_sent_to_the_providers_own_origin_only() {
        for url in [
            "http://127.0.0.1:8091/pay/pay_1",
            "https://127.0.0.1:8090/pay/pay_1",
            "javascript:alert(1)",
            "/pay/pay_1",
        ] {
            assert!(told(json!({"url": url})).is_err(), "{url}");
        }
    }
    #[test]
    fn another_currency_that_came_is_what_came() {
        let change = json!({
            "status": "paid", "payment_id": "ch_1", "amount_received": "45.00",
            "currency_received": "USD",
        });
        let paid = ProviderState::Paid(received(4500, "USD"));
        assert_eq!(told(change).unwrap().state, paid);
    }
}
