//! How an order is paid: the customer approves it, the merchant captures it, and the provider
//! settles what is pending.

use super::account::Account;
use super::capture::{Capture, CaptureState};
use super::event::{CAPTURE, words};
use super::options::Funding;
use super::order::Progress;
use super::refusal::{Detail, Refusal};

/// Why an order cannot be approved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotApproved {
    NoSuchOrder,
    /// It has been approved or captured already.
    Over,
    /// The merchant takes no payment that is pending for days.
    NotImmediate,
}

impl Account {
    /// A customer approves an order, or chooses another way to pay after a decline.
    pub(super) fn approve(
        &mut self,
        id: &str,
        (email, funding): (&str, Funding),
        now: i64,
    ) -> Result<(), NotApproved> {
        let payer = self.payer(email);
        let order = self.order_mut(id).ok_or(NotApproved::NoSuchOrder)?;
        if order.progress != Progress::Open && !order.wants_other_funding {
            return Err(NotApproved::Over);
        }
        if funding == Funding::ECheck && order.experience.immediate {
            return Err(NotApproved::NotImmediate);
        }
        order.progress = Progress::Approved(now);
        order.wants_other_funding = false;
        order.funding = funding;
        order.payer = Some(payer);
        order.updated = now;
        let summary = "An order has been approved by buyer";
        self.tell_order(id, "CHECKOUT.ORDER.APPROVED", summary, now);
        Ok(())
    }

    /// Captures an order.
    pub(super) fn capture_order(&mut self, id: &str, now: i64) -> Result<(), Refusal> {
        let refuse = |issue| Err(Refusal::unprocessable(vec![Detail::new(issue)]));
        let most_attempts = self.options.most_attempts;
        let place = self.orders.iter().position(|order| order.id == id);
        let place = place.ok_or_else(|| Refusal::not_found("order_id"))?;
        match self.orders[place].progress {
            Progress::Open => return refuse("ORDER_NOT_APPROVED"),
            Progress::Completed => return refuse("ORDER_ALREADY_CAPTURED"),
            Progress::Approved(_) => {}
        }
        if self.repeats_an_invoice(place) {
            return refuse("DUPLICATE_INVOICE_ID");
        }
        let order = &mut self.orders[place];
        if order.declined >= most_attempts {
            return refuse("MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED");
        }
        if order.funding == Funding::DeclinedCard {
            order.declined += 1;
            order.wants_other_funding = true;
            order.updated = now;
            return Err(Refusal::declined(order.approval_url(&self.origin)));
        }
        let mut units = std::mem::take(&mut order.units);
        for unit in &mut units {
            let capture = Capture::new(order, unit, now);
            unit.capture = Some(capture.id.clone());
            self.captures.push(capture);
        }
        order.progress = Progress::Completed;
        order.updated = now;
        let captures: Vec<_> = units.iter().filter_map(|u| u.capture.clone()).collect();
        order.units = units;
        for capture in captures {
            self.tell_capture(&capture, now);
        }
        let summary = "Checkout Order Completed";
        self.tell_order(id, "CHECKOUT.ORDER.COMPLETED", summary, now);
        Ok(())
    }

    /// Whether an invoice id of an order was paid before, if the account minds that.
    fn repeats_an_invoice(&self, place: usize) -> bool {
        let units = &self.orders[place].units;
        let paid = self.captures.iter().filter(|capture| {
            // What was declined has paid nothing.
            capture.state != CaptureState::Declined
        });
        let mut known: Vec<_> = paid.filter_map(|c| c.invoice_id.as_deref()).collect();
        self.options.unique_invoice_ids
            && units
                .iter()
                .filter_map(|unit| unit.invoice_id.as_deref())
                .any(|id| {
                    let again = known.contains(&id);
                    known.push(id);
                    again
                })
    }

    /// Tells the merchant what has become of a capture.
    fn tell_capture(&mut self, id: &str, now: i64) {
        let Some(capture) = self.capture(id) else {
            return;
        };
        let amount = words(&capture.amount);
        let name = match capture.state {
            CaptureState::Completed => (
                "PAYMENT.CAPTURE.COMPLETED",
                format!("Payment completed for {amount}"),
            ),
            CaptureState::Pending(_) => (
                "PAYMENT.CAPTURE.PENDING",
                format!("Payment pending for {amount}"),
            ),
            CaptureState::Declined => (
                "PAYMENT.CAPTURE.DENIED",
                format!("Payment denied for {amount}"),
            ),
        };
        let resource = capture.whole_json(&self.origin, &self.options);
        self.tell(name, &CAPTURE, resource, now);
    }

    /// A capture that is pending is completed or declined; `false` if there is no such.
    pub(super) fn settle_capture(&mut self, id: &str, completed: bool, now: i64) -> bool {
        let Some(capture) = self.capture_mut(id) else {
            return false;
        };
        if !matches!(capture.state, CaptureState::Pending(_)) {
            return false;
        }
        capture.state = if completed {
            CaptureState::Completed
        } else {
            CaptureState::Declined
        };
        capture.updated = now;
        let order = capture.order.clone();
        if let Some(order) = self.order_mut(&order) {
            order.updated = now;
        }
        self.tell_capture(id, now);
        true
    }
}
