//! Converts the sandbox's refunds and disputes to our types. What cannot be read is flagged, and
//! the rest is used all the same.

use api_types::{DisputeState, Money, Timestamp};
use serde::Deserialize;

use crate::gateways::{PaymentEvents, ProviderDispute, ProviderRefund, RefundStatus};

/// A refund of the sandbox.
#[derive(Deserialize)]
pub(super) struct Refund {
    id: String,
    amount: String,
    status: String,
    at: Option<String>,
}

/// A dispute of the sandbox.
#[derive(Deserialize)]
pub(super) struct Dispute {
    id: String,
    amount: String,
    status: String,
    at: Option<String>,
}

/// Converts all refunds and disputes. `money` reads an amount in the currency that came.
pub(super) fn read(
    refunds: &[Refund],
    disputes: &[Dispute],
    money: impl Fn(&str) -> Option<Money>,
) -> PaymentEvents {
    let money = |text: &str| money(text).filter(|amount| amount.is_positive());
    let mut after = PaymentEvents::default();
    for refund in refunds {
        match refund.in_our_words(money) {
            Some(refund) => after.refunds.push(refund),
            None => after.is_unreadable = true,
        }
    }
    for dispute in disputes {
        match dispute.in_our_words(money) {
            Some(dispute) => after.disputes.push(dispute),
            None => after.is_unreadable = true,
        }
    }
    after
}

impl Refund {
    fn in_our_words(&self, money: impl Fn(&str) -> Option<Money>) -> Option<ProviderRefund> {
        Some(ProviderRefund {
            id: self.id.clone(),
            key: None,
            amount: money(&self.amount)?,
            at: instant(self.at.as_deref()),
            status: match self.status.as_str() {
                "succeeded" => RefundStatus::Done,
                "pending" => RefundStatus::Pending,
                "failed" => RefundStatus::Failed,
                _ => return None,
            },
        })
    }
}

impl Dispute {
    fn in_our_words(&self, money: impl Fn(&str) -> Option<Money>) -> Option<ProviderDispute> {
        Some(ProviderDispute {
            id: self.id.clone(),
            amount: money(&self.amount)?,
            at: instant(self.at.as_deref()),
            state: match self.status.as_str() {
                "open" => DisputeState::Open,
                "won" => DisputeState::Won,
                "lost" => DisputeState::Lost,
                _ => return None,
            },
            takes_money: true,
        })
    }
}

fn instant(text: Option<&str>) -> Option<Timestamp> {
    text.and_then(|text| Timestamp::parse(text).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use api_types::Currency;
    use serde_json::{Value, json};

    fn told(refunds: Value, disputes: Value) -> PaymentEvents {
        let refunds: Vec<Refund> = serde_json::from_value(refunds).unwrap();
        let disputes: Vec<Dispute> = serde_json::from_value(disputes).unwrap();
        let euro = Currency::parse("EUR").unwrap();
        read(&refunds, &disputes, |text| Money::parse(text, euro).ok())
    }

    #[test]
    fn each_of_its_words_has_one_of_ours() {
        let at = "2026-11-21T10:00:00Z";
        let refund = |id: &str, status: &str| json!({"id": id, "amount": "10.00", "status": status, "at": at});
        let refunds = json!([
            refund("re_1", "succeeded"),
            refund("re_2", "pending"),
            refund("re_3", "failed"),
        ]);
        let after = told(refunds, json!([]));
        let refunds = after.refunds.iter();
        let stand: Vec<_> = refunds.map(|one| (one.id.as_str(), one.status)).collect();
        let words = [
            RefundStatus::Done,
            RefundStatus::Pending,
            RefundStatus::Failed,
        ];
        assert_eq!(
            stand,
            [("re_1", words[0]), ("re_2", words[1]), ("re_3", words[2])]
        );
        assert_eq!(after.refunds[0].amount.minor(), 1000);
        assert_eq!(after.refunds[0].at, Some(Timestamp::parse(at).unwrap()));
        for (word, state) in [
            ("open", DisputeState::Open),
            ("won", DisputeState::Won),
            ("lost", DisputeState::Lost),
        ] {
            let dispute = json!({"id": "dp_1", "amount": "35.00", "status": word});
            let earlier = json!({"id": "dp_0", "amount": "10.00", "status": "won"});
            let after = told(json!([]), json!([earlier, dispute]));
            let [earlier, dispute] = &after.disputes[..] else {
                panic!("both are told: {after:?}");
            };
            assert_eq!(earlier.state, DisputeState::Won);
            assert_eq!((dispute.state, dispute.amount.minor()), (state, 3500));
            assert_eq!((dispute.at, after.is_unreadable), (None, false));
        }
    }

    #[test]
    fn what_cannot_be_read_is_said_and_keeps_nothing_back() {
        let good = json!({"id": "re_1", "amount": "10.00", "status": "succeeded"});
        for bad in [
            json!({"id": "re_2", "amount": "10,00", "status": "succeeded"}),
            json!({"id": "re_2", "amount": "-10.00", "status": "succeeded"}),
            json!({"id": "re_2", "amount": "10.00", "status": "half_done"}),
        ] {
            let after = told(json!([bad, good]), json!([]));
            assert!(after.is_unreadable, "{bad}");
            assert_eq!(after.refunds.len(), 1);
        }
        let dispute = json!({"id": "dp_1", "amount": "10.00", "status": "asked"});
        let after = told(json!([good]), json!([dispute]));
        assert_eq!((after.disputes, after.is_unreadable), (vec![], true));
        assert_eq!(after.refunds.len(), 1);
    }
}
