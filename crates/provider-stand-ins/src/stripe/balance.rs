//! Movements of the account's balance.

use serde_json::{Value, json};

use super::ids;
use super::render::Moment;

/// How long money is on its way to the balance, in seconds.
const ON_ITS_WAY: i64 = 2 * 24 * 60 * 60;

/// A movement of the balance.
#[derive(Clone, Debug)]
pub(super) struct Txn {
    pub id: String,
    pub live: bool,
    amount: i64,
    fee: i64,
    currency: String,
    kind: &'static str,
    category: &'static str,
    source: String,
    created: i64,
}

/// What the provider keeps of a charge: 1.4% rounded half up, and 25 minor units.
fn fee_of_charge(amount: i64) -> i64 {
    (amount * 14 + 500) / 1000 + 25
}

impl Txn {
    fn new(
        (kind, category): (&'static str, &'static str),
        (amount, fee, currency): (i64, i64, &str),
        (source, live, now): (&str, bool, i64),
    ) -> Self {
        Self {
            id: ids::new("txn_3"),
            live,
            amount,
            fee,
            currency: currency.to_owned(),
            kind,
            category,
            source: source.to_owned(),
            created: now,
        }
    }

    /// The money of a charge. Its type names those of anything but cards payments.
    pub(super) fn charge(amount: i64, currency: &str, source: (&str, bool, i64)) -> Self {
        let kind = if source.0.starts_with("py_") {
            "payment"
        } else {
            "charge"
        };
        let money = (amount, fee_of_charge(amount), currency);
        Self::new((kind, "charge"), money, source)
    }

    /// The money that goes back to a customer; the fee of the charge is kept.
    pub(super) fn refund(amount: i64, currency: &str, source: (&str, bool, i64)) -> Self {
        Self::new(("refund", "refund"), (-amount, 0, currency), source)
    }

    /// The money of a refund that did not arrive.
    pub(super) fn refund_failure(amount: i64, currency: &str, source: (&str, bool, i64)) -> Self {
        let kind = ("refund_failure", "refund_failure");
        Self::new(kind, (amount, 0, currency), source)
    }

    /// The money that a dispute takes, with a fee for it.
    pub(super) fn dispute(amount: i64, currency: &str, source: (&str, bool, i64)) -> Self {
        Self::new(("adjustment", "dispute"), (-amount, 1500, currency), source)
    }

    /// The money that comes back when a dispute is won.
    pub(super) fn dispute_won(amount: i64, currency: &str, source: (&str, bool, i64)) -> Self {
        let kind = ("adjustment", "dispute_reversal");
        Self::new(kind, (amount, 0, currency), source)
    }

    pub(super) fn json(&self, at: &Moment) -> Value {
        let available_on = self.created + ON_ITS_WAY;
        let status = if at.now < available_on {
            "pending"
        } else {
            "available"
        };
        let fee = json!({
            "amount": self.fee, "application": null, "currency": self.currency,
            "description": "Stripe processing fees", "type": "stripe_fee",
        });
        let fees: Vec<Value> = (self.fee != 0).then_some(fee).into_iter().collect();
        json!({
            "id": self.id, "object": "balance_transaction", "amount": self.amount,
            "available_on": available_on, "balance_type": "payments", "created": self.created,
            "currency": self.currency, "description": null, "exchange_rate": null,
            "fee": self.fee, "fee_details": fees, "net": self.amount - self.fee,
            "reporting_category": self.category, "source": self.source, "status": status,
            "type": self.kind,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::fee_of_charge;

    #[test]
    fn the_fee_is_rounded_half_up() {
        for (amount, fee) in [
            (10_000, 165),
            (50, 26),
            (35, 25),
            (36, 26),
            (1, 25),
            (107, 26),
        ] {
            assert_eq!(fee_of_charge(amount), fee, "{amount}");
        }
    }
}
