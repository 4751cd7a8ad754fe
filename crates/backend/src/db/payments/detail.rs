//! One payment with all that its own page shows.

use api_types::{
    CheckoutId, CustomerId, Day, MethodId, PaymentDetail, PaymentId, PaymentKind, PaymentStatus,
    TransferInstructions,
};

use super::disputes::disputes;
use super::read::{payments, row};
use super::story::{checkout_of, is_awaited_transfer, refunds_of, story};
use crate::db::entities::payments::Model;
use crate::db::{DbError, ReadTx, Terms, customers, stored};

/// The customer's payment with an id and its story; `None` where there is none or it is
/// somebody else's.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if a sum of
/// amounts is beyond its bound; otherwise as the database fails.
pub async fn detail(
    tx: &ReadTx,
    customer: &CustomerId,
    id: &PaymentId,
    terms: &Terms,
) -> Result<Option<PaymentDetail>, DbError> {
    let Some(row) = row(tx, customer, id).await? else {
        return Ok(None);
    };
    let Some(customer) = customers::find(tx, customer).await? else {
        return Ok(None);
    };
    let Some(told) = payments(tx, vec![row.clone()]).await?.pop() else {
        return Ok(None);
    };
    let checkout = checkout_of(tx, &row).await?;
    let refunds = refunds_of(tx, id).await?;
    let unallocated = unallocated(&row, told.refunded.minor())?;
    Ok(Some(PaymentDetail {
        story: story(tx, &row, checkout.as_ref(), &refunds).await?,
        unallocated: stored::money(unallocated, &row.currency)?,
        disputes: disputes(tx, &row).await?,
        refund_of: stored::parsed_option(row.refund_of.as_deref())?,
        instructions: instructions(&row, terms)?,
        expected_on: expected_on(&row, terms)?,
        can_cancel: is_awaited_transfer(&row) && checkout.is_some_and(|of| of.is_live()),
        receipt: told.kind == PaymentKind::Payment && told.status == PaymentStatus::Completed,
        checkout: stored::parsed_option::<CheckoutId>(row.checkout_id.as_deref())?,
        seller: terms.seller.clone(),
        account_number: customer.account_number().to_owned(),
        customer: customer.party(),
        as_of: terms.now,
        version: customers::version(tx, &customer.id).await?,
        payment: told,
    }))
}

/// The part of it that pays for nothing yet, and has not gone back, in minor units.
fn unallocated(row: &Model, refunded: i64) -> Result<i64, DbError> {
    let pays = row.kind == PaymentKind::Payment.as_str()
        && row.status != PaymentStatus::Cancelled.as_str();
    if !pays {
        return Ok(0);
    }
    let left = stored::sum([
        row.total_minor,
        -row.surcharge_minor,
        -row.allocated_minor,
        -row.held_minor,
        -refunded,
    ])?;
    // More may have gone back than is left over: its surcharge, or what it still pays for.
    Ok(left.max(0))
}

/// The day by which money that is on its way is expected, where its method takes days.
fn expected_on(row: &Model, terms: &Terms) -> Result<Option<Day>, DbError> {
    if row.status != PaymentStatus::Pending.as_str() {
        return Ok(None);
    }
    let Some(method) = stored::parsed_option(row.method.as_deref())? else {
        return Ok(None);
    };
    Ok(terms.expected_on(&method, stored::instant(row.created_at)?))
}

/// What to write on the transfer, while one is waited for.
fn instructions(row: &Model, terms: &Terms) -> Result<Option<TransferInstructions>, DbError> {
    let Some(reference) = row.reference.clone().filter(|_| is_awaited_transfer(row)) else {
        return Ok(None);
    };
    let method: Option<MethodId> = stored::parsed_option(row.method.as_deref())?;
    let details = method.map(|method| terms.instructions(&method));
    Ok(Some(TransferInstructions {
        details: details.unwrap_or_default(),
        reference,
    }))
}
