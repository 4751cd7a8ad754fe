//! How money goes back: refunds by the merchant, and disputes that the customer wins.

use super::account::Account;
use super::capture::{Capture, CaptureState, Refund, RefundState};
use super::dispute::{Dispute, DisputeState};
use super::event::{DISPUTE, REFUND, words};
use super::ids;
use super::money::Money;

/// After so many seconds a capture cannot be refunded any more.
const TIME_LIMIT: i64 = 180 * 24 * 60 * 60;

/// What a merchant asks for with a refund.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    /// How much; what is left if there is nothing said.
    pub amount: Option<Money>,
    pub custom_id: Option<String>,
    pub invoice_id: Option<String>,
    pub note: Option<String>,
}

impl Account {
    /// Refunds a capture that there is; the error is the issue that the provider names.
    pub(super) fn refund_capture(
        &mut self,
        capture: &str,
        wanted: Wanted,
        now: i64,
    ) -> Result<String, &'static str> {
        let found = self.capture(capture).ok_or("INVALID_RESOURCE_ID")?;
        let amount = self.refundable(found, &wanted, now)?;
        let state = if self.hold_refunds {
            RefundState::Pending
        } else {
            RefundState::Completed
        };
        Ok(self.add_refund(capture, (amount, state), wanted, now))
    }

    /// How much of a capture is refunded if it is wanted so.
    fn refundable(
        &self,
        capture: &Capture,
        wanted: &Wanted,
        now: i64,
    ) -> Result<Money, &'static str> {
        let left = capture.left();
        let disputes = || self.disputes.iter().filter(|d| d.capture == capture.id);
        match capture.state {
            CaptureState::Pending(_) => return Err("PENDING_CAPTURE"),
            CaptureState::Declined => return Err("REFUND_NOT_ALLOWED"),
            CaptureState::Completed => {}
        }
        if capture.refunds.iter().any(|refund| refund.reversal) {
            return Err("REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK");
        }
        if left.minor <= 0 {
            return Err("CAPTURE_FULLY_REFUNDED");
        }
        if now >= capture.created + TIME_LIMIT {
            return Err("REFUND_TIME_LIMIT_EXCEEDED");
        }
        let amount = wanted.amount.clone().unwrap_or_else(|| left.clone());
        if amount.currency != left.currency {
            return Err("REFUND_CAPTURE_CURRENCY_MISMATCH");
        }
        if amount.minor <= 0 {
            return Err("CANNOT_BE_ZERO_OR_NEGATIVE");
        }
        if amount.minor > left.minor {
            return Err("REFUND_AMOUNT_EXCEEDED");
        }
        if amount.minor < left.minor && disputes().any(Dispute::is_open) {
            return Err("TRANSACTION_DISPUTED");
        }
        let mut refunds = self.captures.iter().flat_map(|capture| &capture.refunds);
        let used =
            |refund: &Refund| refund.own_invoice_id && refund.invoice_id == wanted.invoice_id;
        if self.options.unique_invoice_ids && wanted.invoice_id.is_some() && refunds.any(used) {
            return Err("DUPLICATE_INVOICE_ID");
        }
        Ok(amount)
    }

    fn add_refund(
        &mut self,
        capture: &str,
        (amount, state): (Money, RefundState),
        wanted: Wanted,
        now: i64,
    ) -> String {
        let id = ids::transaction();
        if let Some(capture) = self.capture_mut(capture) {
            let total = capture.refunded().minor + amount.minor;
            capture.refunds.push(Refund {
                id: id.clone(),
                total: amount.with(total),
                amount,
                state,
                created: now,
                updated: now,
                own_invoice_id: wanted.invoice_id.is_some(),
                custom_id: wanted.custom_id.or_else(|| capture.custom_id.clone()),
                invoice_id: wanted.invoice_id.or_else(|| capture.invoice_id.clone()),
                note: wanted.note,
                reversal: false,
            });
        }
        self.refund_changed(&id, now);
        id
    }

    /// Brings a capture and its order up to date with a refund, and tells the merchant.
    fn refund_changed(&mut self, id: &str, now: i64) {
        let found = self.refund(id);
        let Some((capture, refund)) = found.map(|(c, r)| (c.clone(), r.clone())) else {
            return;
        };
        if let Some(capture) = self.capture_mut(&capture.id) {
            capture.updated = now;
        }
        if let Some(order) = self.order_mut(&capture.order) {
            order.updated = now;
        }
        let amount = words(&refund.amount);
        let name = match (refund.state, refund.reversal) {
            (RefundState::Completed, false) => (
                "PAYMENT.CAPTURE.REFUNDED",
                format!("A {amount} capture payment was refunded"),
            ),
            (RefundState::Completed, true) => (
                "PAYMENT.CAPTURE.REVERSED",
                format!("A {amount} capture payment was reversed"),
            ),
            (RefundState::Pending, _) => (
                "PAYMENT.REFUND.PENDING",
                format!("A {amount} refund is pending"),
            ),
            (RefundState::Failed, _) => (
                "PAYMENT.REFUND.FAILED",
                format!("A {amount} refund has failed"),
            ),
        };
        let resource = refund.json(&self.origin, &capture.id);
        self.tell(name, &REFUND, resource, now);
    }

    /// A refund that is pending is completed or fails; `false` if there is no such.
    pub(super) fn settle_refund(&mut self, id: &str, completed: bool, now: i64) -> bool {
        let refunds = self.captures.iter_mut().flat_map(|c| &mut c.refunds);
        let mut pending = refunds.filter(|refund| refund.state == RefundState::Pending);
        let Some(refund) = pending.find(|refund| refund.id == id) else {
            return false;
        };
        refund.state = if completed {
            RefundState::Completed
        } else {
            RefundState::Failed
        };
        refund.updated = now;
        self.refund_changed(id, now);
        true
    }

    /// The customer disputes a part of a capture, or the whole.
    pub(super) fn open_dispute(
        &mut self,
        capture: &str,
        amount: Money,
        now: i64,
    ) -> Option<String> {
        let left = self.capture(capture)?.left();
        let possible = (1..=left.minor).contains(&amount.minor) && amount.currency == left.currency;
        if !possible {
            return None;
        }
        let id = ids::dispute();
        self.disputes.push(Dispute {
            id: id.clone(),
            capture: capture.to_owned(),
            amount,
            state: DisputeState::WaitingForSeller,
            created: now,
            updated: now,
        });
        let summary = format!("A new dispute opened with Case # {id}");
        self.tell_dispute(&id, ("CUSTOMER.DISPUTE.CREATED", summary), now);
        Some(id)
    }

    /// A dispute that is open comes to another state; `false` if there is no such. When the
    /// customer wins, the money is taken back.
    pub(super) fn move_dispute(&mut self, id: &str, state: DisputeState, now: i64) -> bool {
        let mut open = self.disputes.iter_mut().filter(|dispute| dispute.is_open());
        let Some(dispute) = open.find(|dispute| dispute.id == id) else {
            return false;
        };
        dispute.state = state;
        dispute.updated = now;
        let (capture, amount) = (dispute.capture.clone(), dispute.amount.clone());
        if state == (DisputeState::Resolved { buyer_wins: true }) {
            self.take_back(&capture, amount, now);
        }
        let name = if let DisputeState::Resolved { .. } = state {
            let summary = format!("A dispute was resolved with case # {id}");
            ("CUSTOMER.DISPUTE.RESOLVED", summary)
        } else {
            let summary = format!("A dispute was updated with case # {id}");
            ("CUSTOMER.DISPUTE.UPDATED", summary)
        };
        self.tell_dispute(id, name, now);
        true
    }

    fn take_back(&mut self, capture: &str, amount: Money, now: i64) {
        let Some(found) = self.capture_mut(capture) else {
            return;
        };
        // The merchant may have refunded it meanwhile.
        let minor = amount.minor.min(found.left().minor);
        if minor <= 0 {
            return;
        }
        let id = ids::transaction();
        let total = found.refunded().minor + minor;
        found.refunds.push(Refund {
            id: id.clone(),
            total: amount.with(total),
            amount: amount.with(minor),
            state: RefundState::Completed,
            created: now,
            updated: now,
            own_invoice_id: false,
            custom_id: found.custom_id.clone(),
            invoice_id: found.invoice_id.clone(),
            note: None,
            reversal: true,
        });
        self.refund_changed(&id, now);
    }

    fn tell_dispute(&mut self, id: &str, name: (&'static str, String), now: i64) {
        let found = self.dispute(id).and_then(|dispute| {
            let capture = self.capture(&dispute.capture)?;
            Some(dispute.json(&self.origin, capture, &self.options))
        });
        if let Some(resource) = found {
            self.tell(name, &DISPUTE, resource, now);
        }
    }
}
