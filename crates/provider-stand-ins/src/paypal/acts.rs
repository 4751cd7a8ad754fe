//! What a test does as the customer, as the merchant in the account's own pages, or as the
//! provider.

use std::fmt;

use serde_json::Value;

use super::PayPal;
use super::account::Account;
use super::dispute::DisputeState;
use super::money::{Money, is_amount};
use super::options::Funding;
use super::paying::NotApproved;
use super::refunding::Wanted;

/// Who pays in [`PayPal::approve`].
const CUSTOMER: &str = "buyer@example.com";

/// Why something cannot be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotPossible(&'static str);

impl fmt::Display for NotPossible {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for NotPossible {}

fn possible(done: bool, otherwise: &'static str) -> Result<(), NotPossible> {
    if done {
        Ok(())
    } else {
        Err(NotPossible(otherwise))
    }
}

impl PayPal {
    fn with<T>(&self, act: impl FnOnce(&mut Account, i64) -> T) -> T {
        self.shared.with(act)
    }

    /// The customer approves an order, or chooses another way to pay after a decline.
    ///
    /// # Errors
    /// [`NotPossible`] if there is no such order, it was approved already, or the merchant does not
    /// take this way to pay.
    pub fn approve(&self, order: &str, funding: Funding) -> Result<(), NotPossible> {
        let approved = self.with(|account, now| account.approve(order, (CUSTOMER, funding), now));
        approved.map_err(|reason| {
            NotPossible(match reason {
                NotApproved::NoSuchOrder => "there is no such order",
                NotApproved::Over => "the order was approved already",
                NotApproved::NotImmediate => "the order wants to be paid immediately",
            })
        })
    }

    /// The provider completes or declines a capture that is pending.
    ///
    /// # Errors
    /// [`NotPossible`] if no capture with this id is pending.
    pub fn settle_pending(&self, capture: &str, completed: bool) -> Result<(), NotPossible> {
        let settled = self.with(|account, now| account.settle_capture(capture, completed, now));
        possible(settled, "no capture with this id is pending")
    }

    /// The merchant refunds a part of a capture, such as `10.00`, in the account's own pages.
    /// Returns the refund's id.
    ///
    /// # Errors
    /// [`NotPossible`] with the provider's name for the reason.
    pub fn refund_in_account(&self, capture: &str, amount: &str) -> Result<String, NotPossible> {
        let refunded = self.with(|account, now| {
            let amount = amount_of(account, capture, amount)?;
            let wanted = Wanted {
                amount: Some(amount),
                ..Wanted::default()
            };
            account.refund_capture(capture, wanted, now)
        });
        refunded.map_err(NotPossible)
    }

    /// Whether refunds from now on wait to be settled.
    pub fn hold_refunds(&self, hold: bool) {
        self.with(|account, _| account.hold_refunds = hold);
    }

    /// The provider completes a refund that is pending, or lets it fail.
    ///
    /// # Errors
    /// [`NotPossible`] if no refund with this id is pending.
    pub fn settle_refund(&self, refund: &str, completed: bool) -> Result<(), NotPossible> {
        let settled = self.with(|account, now| account.settle_refund(refund, completed, now));
        possible(settled, "no refund with this id is pending")
    }

    /// The customer disputes a part of a capture, such as `10.00`. Returns the dispute's id.
    ///
    /// # Errors
    /// [`NotPossible`] if there is no such capture, or less is left of it.
    pub fn dispute(&self, capture: &str, amount: &str) -> Result<String, NotPossible> {
        self.with(|account, now| {
            let amount = amount_of(account, capture, amount).map_err(NotPossible)?;
            let opened = account.open_dispute(capture, amount, now);
            opened.ok_or(NotPossible("so much is not left of the capture"))
        })
    }

    /// The provider begins to look at a dispute.
    ///
    /// # Errors
    /// [`NotPossible`] if no dispute with this id is open.
    pub fn review_dispute(&self, dispute: &str) -> Result<(), NotPossible> {
        self.move_dispute(dispute, DisputeState::UnderReview)
    }

    /// The provider decides a dispute. If the customer wins, the money is taken back.
    ///
    /// # Errors
    /// [`NotPossible`] if no dispute with this id is open.
    pub fn resolve_dispute(&self, dispute: &str, buyer_wins: bool) -> Result<(), NotPossible> {
        self.move_dispute(dispute, DisputeState::Resolved { buyer_wins })
    }

    fn move_dispute(&self, dispute: &str, state: DisputeState) -> Result<(), NotPossible> {
        let moved = self.with(|account, now| account.move_dispute(dispute, state, now));
        possible(moved, "no dispute with this id is open")
    }

    /// The provider does not know an order any more. Returns whether it did.
    pub fn forget(&self, order: &str) -> bool {
        self.with(|account, _| {
            let known = account.orders.len();
            account.orders.retain(|kept| kept.id != order);
            account.orders.len() < known
        })
    }

    /// An order as a whole, as the API answers it.
    pub fn order_json(&self, order: &str) -> Option<Value> {
        self.with(|account, _| account.order(order).map(|order| account.order_json(order)))
    }

    /// The id of the order that was made last.
    pub fn newest_order(&self) -> Option<String> {
        self.with(|account, _| account.orders.last().map(|order| order.id.clone()))
    }

    /// Where a customer approves an order.
    pub fn approval_url(&self, order: &str) -> Option<String> {
        let origin = &self.shared.origin;
        self.with(|account, _| Some(account.order(order)?.approval_url(origin)))
    }

    /// No access token can be used any more.
    pub fn revoke_tokens(&self) {
        self.with(|account, _| account.revoke_tokens());
    }

    /// Where notifications go to from now on; those that are on their way go where they went.
    pub fn set_webhook_url(&self, url: Option<String>) {
        self.with(|account, _| account.webhook_url = url);
    }

    /// The events so far, sent or not, the oldest first.
    pub fn events(&self) -> Vec<Value> {
        self.with(|account, _| {
            let bodies = account.events.iter().map(super::event::Event::body);
            bodies
                .filter_map(|body| serde_json::from_slice(&body).ok())
                .collect()
        })
    }

    /// Sends an event once more, byte by byte the same.
    ///
    /// # Errors
    /// [`NotPossible`] if there is no event with this id.
    pub fn send_event_again(&self, event: &str) -> Result<(), NotPossible> {
        let sent = self.with(|account, _| account.tell_again(event));
        possible(sent, "there is no event with this id")
    }
}

/// Reads an amount in the currency of a capture.
fn amount_of(account: &Account, capture: &str, amount: &str) -> Result<Money, &'static str> {
    let capture = account.capture(capture).ok_or("INVALID_RESOURCE_ID")?;
    if !is_amount(amount) {
        return Err("INVALID_PARAMETER_SYNTAX");
    }
    Money::read(&capture.amount.currency, amount)
}
