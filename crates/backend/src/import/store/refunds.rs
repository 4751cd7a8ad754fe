//! A refund gives back a completed payment, after it came, and no more than is left of it;
//! whichever of the two comes first or is changed.

use std::collections::BTreeMap;

use api_types::{Money, PaymentId, PaymentKind, PaymentStatus};

use super::Store;
use super::put::Place;
use crate::db::DbError;
use crate::db::payments::{self, KnownRefund, NewPayment, Refundable};
use crate::import::table::Found;

/// The rows of payments.csv by their ids: what the file says of a payment is what holds.
pub struct PaymentFile<'a> {
    by_id: BTreeMap<&'a PaymentId, &'a NewPayment>,
    /// The totals of the refunds that have been written, by what they give back.
    refunds: BTreeMap<PaymentId, Vec<Money>>,
}

impl<'a> PaymentFile<'a> {
    /// Nothing of the file is written yet.
    pub fn of(rows: &'a [Found<NewPayment>]) -> Self {
        Self {
            by_id: rows
                .iter()
                .map(|found| (&found.row.id, &found.row))
                .collect(),
            refunds: BTreeMap::new(),
        }
    }

    /// Whether a known refund stays as it is: the file has no row of it, or one that changes
    /// nothing because the payment provider has reported it.
    fn leaves(&self, known: &KnownRefund) -> bool {
        known.is_reported || !self.by_id.contains_key(&known.id)
    }

    /// Counts a row that is written.
    pub fn count(&mut self, row: &NewPayment) {
        if let Some(given_back) = &row.refund_of
            && row.status != PaymentStatus::Cancelled
        {
            self.refunds
                .entry(given_back.clone())
                .or_default()
                .push(row.total);
        }
    }
}

impl Store<'_> {
    /// Whether a row may give back what it says. What is wrong is noted as a fault.
    ///
    /// # Errors
    /// [`DbError::Refused`] if amounts have no sum; otherwise as the database fails.
    pub async fn may_refund(
        &mut self,
        place: &Place<'_>,
        row: &NewPayment,
        file: &PaymentFile<'_>,
    ) -> Result<bool, DbError> {
        let Some(given_back) = &row.refund_of else {
            return Ok(true);
        };
        if self.is_refused("payment", given_back.as_str()) {
            self.refuse(place);
            return Ok(false);
        }
        let of = match file.by_id.get(given_back) {
            Some(row) => Some(Refundable::of(row)),
            None => payments::refundable(self.tx, given_back).await?,
        };
        let (customer, currency) = (&row.customer, row.total.currency());
        let of = of.filter(|of| of.customer == *customer && of.total.currency() == currency);
        let Some(of) = of else {
            let message = format!("customer {customer} has no payment {given_back} in {currency}");
            self.fault(place, "refund_of", message);
            return Ok(false);
        };
        let wrong = match find_wrong(row, &of, given_back) {
            Some(wrong) => Some(wrong),
            None => self.find_excess(row, &of, given_back, file).await?,
        };
        if let Some((column, message)) = wrong {
            self.fault(place, column, message);
            return Ok(false);
        }
        Ok(true)
    }

    /// What a refund has wrong that gives back more than is left.
    async fn find_excess(
        &self,
        row: &NewPayment,
        of: &Refundable,
        given_back: &PaymentId,
        file: &PaymentFile<'_>,
    ) -> Result<Option<(&'static str, String)>, DbError> {
        if row.status == PaymentStatus::Cancelled {
            return Ok(None);
        }
        // Known ones that the file has too count by their rows.
        let mut given = file.refunds.get(given_back).cloned().unwrap_or_default();
        for known in payments::refunds_of(self.tx, given_back).await? {
            if file.leaves(&known) {
                given.push(known.total);
            }
        }
        let left = of.left_after(&given)?;
        let refund = row.total.negated();
        let refund = refund.map_err(|why| DbError::Refused(why.to_string()))?;
        Ok((refund.minor() > left.minor()).then(|| {
            let left = if left.is_negative() { Money::zero(left.currency()) } else { left };
            let message = format!(
                "the refund is {refund:?}, and {left:?} of payment {given_back} is left to give back"
            );
            ("total", message)
        }))
    }

    /// Checks a known payment of the file against its refunds that are known and not in the file.
    ///
    /// # Errors
    /// [`DbError::Refused`] if amounts have no sum; otherwise as the database fails.
    pub async fn check_known_refunds(
        &mut self,
        place: &Place<'_>,
        row: &NewPayment,
        file: &PaymentFile<'_>,
    ) -> Result<(), DbError> {
        let mut refunds = payments::refunds_of(self.tx, &row.id).await?;
        refunds.retain(|known| file.leaves(known));
        let Some(first) = refunds.iter().min_by_key(|refund| refund.at) else {
            return Ok(());
        };
        let totals: Vec<Money> = refunds.iter().map(|refund| refund.total).collect();
        let left = Refundable::of(row).left_after(&totals)?;
        let given = row.total.checked_sub(left);
        let given = given.map_err(|why| DbError::Refused(why.to_string()))?;
        let is_payment = row.kind == PaymentKind::Payment;
        let (column, message) = if !is_payment || row.status != PaymentStatus::Completed {
            let column = if is_payment { "status" } else { "kind" };
            let message = format!(
                "payment {} gives {given:?} of it back, so it stays a completed payment",
                first.id
            );
            (column, message)
        } else if row.completed_at.is_some_and(|at| first.at < at) {
            let message = format!(
                "payment {} gives it back, and that was at {}, before this",
                first.id, first.at
            );
            ("completed_at", message)
        } else if left.is_negative() {
            let message = format!("{given:?} of it have been given back, so it cannot be less");
            ("total", message)
        } else {
            return Ok(());
        };
        self.fault(place, column, message);
        Ok(())
    }
}

/// What a refund has wrong about its payment, whatever else is given back of that.
fn find_wrong(
    row: &NewPayment,
    of: &Refundable,
    given_back: &PaymentId,
) -> Option<(&'static str, String)> {
    let what = match (of.kind, of.status) {
        (PaymentKind::Refund, _) => "a refund",
        (PaymentKind::Purchase, _) => "a purchase",
        // What was called off has given nothing back, of whatever it was.
        _ if row.status == PaymentStatus::Cancelled => return None,
        (_, PaymentStatus::Cancelled) => "cancelled",
        (_, PaymentStatus::Pending) => "pending",
        _ => {
            let at = row.completed_at.unwrap_or(row.created_at);
            let column = if row.completed_at.is_some() {
                "completed_at"
            } else {
                "created_at"
            };
            let came = of.completed_at.filter(|came| at < *came)?;
            let message = format!(
                "it lies before {came}, when payment {given_back} completed, which it gives back"
            );
            return Some((column, message));
        }
    };
    let message = format!(
        "payment {given_back} is {what}; a refund gives back a completed payment, \
         so name that, or leave it empty"
    );
    Some(("refund_of", message))
}
