//! One event with everything that its page shows.

use api_types::{
    CheckoutId, CustomerId, Event, EventId, EventLink, EventMoney, EventPart, EventStatus,
    EventSummary, InvoiceId, Money, NotPayable, Payable,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::confirm::can_be_confirmed;
use super::discussion::discussion;
use super::documents::EventDocumentKind;
use super::fee::{EventFee, fee};
use super::summary::summaries;
use crate::db::entities::events::Model;
use crate::db::entities::{event_links, events, invoices};
use crate::db::invoices::Figures;
use crate::db::{DbError, ReadTx, Terms, booking, customers, locks};

/// What stands for the place in the address of a map.
const PLACE: &str = "{place}";

/// The customer's event with an id; `None` where there is none or it is somebody else's.
///
/// # Errors
/// [`DbError::Unreadable`] if there is no such customer or a stored value cannot be read,
/// [`DbError::TooLarge`] if a sum of amounts is beyond its bound; otherwise as the database fails.
pub async fn find(
    tx: &ReadTx,
    customer: &CustomerId,
    id: &EventId,
    terms: &Terms,
) -> Result<Option<Event>, DbError> {
    let Some((event, row)) = one(tx, customer, id, terms).await? else {
        return Ok(None);
    };
    let paying = Paying::read(tx, customer, &event, terms).await?;
    let (documents, referrals) = documents(tx, id).await?;
    let reschedule = booking::reschedule_terms(tx, &row, terms).await?;
    let cancel = booking::cancel_terms(tx, &row, terms).await?;
    let discussion = match terms.calendar.discussion {
        true => Some(discussion(tx, id).await?),
        false => None,
    };
    Ok(Some(Event {
        can_confirm: event.confirmed_at.is_none() && can_be_confirmed(event.status),
        map_url: map_url(event.location.as_deref(), terms),
        note: row.note,
        customer_note: row.customer_note,
        pay_deposit: paying.deposit,
        pay: paying.balance,
        checkout: paying.checkout,
        documents,
        referrals,
        discussion,
        reschedule,
        cancel,
        event,
        as_of: terms.now,
        version: customers::version(tx, customer).await?,
    }))
}

/// The customer's event as a list shows it, and its row.
pub(in crate::db) async fn one(
    tx: &ReadTx,
    customer: &CustomerId,
    id: &EventId,
    terms: &Terms,
) -> Result<Option<(EventSummary, Model)>, DbError> {
    let row = events::Entity::find_by_id(id.as_str())
        .filter(events::Column::CustomerId.eq(customer.as_str()))
        .one(tx.conn())
        .await?;
    let Some(row) = row else { return Ok(None) };
    let found = summaries(tx, vec![row.clone()], terms).await?;
    Ok(found.into_iter().next().map(|event| (event, row)))
}

/// What can be paid of an event, and why not, if it cannot.
#[derive(Default)]
struct Paying {
    balance: Option<Payable>,
    deposit: Option<Payable>,
    checkout: Option<CheckoutId>,
}

impl Paying {
    async fn read(
        tx: &ReadTx,
        customer: &CustomerId,
        event: &EventSummary,
        terms: &Terms,
    ) -> Result<Self, DbError> {
        let Some(money) = &event.money else {
            return Ok(Self::default());
        };
        if let Some(invoice) = &money.invoice {
            return Self::of_invoice(tx, &invoice.id, terms).await;
        }
        let checkout = locks::on_event(tx, &event.id).await?;
        let fee = fee(tx, customer, &event.id).await?;
        // A time that has run out cannot be paid for, though nobody has written so yet.
        let fee = fee.filter(|fee| fee.is_payable && event.status != EventStatus::Expired);
        let Some(fee) = fee else {
            return Ok(Self {
                checkout,
                ..Self::default()
            });
        };
        let balance = of_part(&fee, EventPart::Balance, money, checkout.as_ref(), terms);
        let deposit = of_part(&fee, EventPart::Deposit, money, checkout.as_ref(), terms);
        Ok(Self {
            balance,
            // It can be paid by itself where something of it lacks.
            deposit: deposit.filter(|pay| pay.amount.is_positive()),
            checkout,
        })
    }

    async fn of_invoice(tx: &ReadTx, id: &InvoiceId, terms: &Terms) -> Result<Self, DbError> {
        let row = invoices::Entity::find_by_id(id.as_str());
        let Some(row) = row.one(tx.conn()).await? else {
            return Ok(Self::default());
        };
        let checkout = locks::on_invoice(tx, id).await?;
        let balance = Figures::of(&row)?.payable(checkout.as_ref(), terms)?;
        Ok(Self {
            balance: Some(balance),
            deposit: None,
            checkout,
        })
    }
}

fn of_part(
    fee: &EventFee,
    part: EventPart,
    money: &EventMoney,
    held_by: Option<&CheckoutId>,
    terms: &Terms,
) -> Option<Payable> {
    let amount = fee.unpaid(part)?;
    let asked = match part {
        EventPart::Balance => money.fee,
        EventPart::Deposit => money.deposit?,
    };
    let reason = if money.paid.minor() >= asked.minor() {
        Some(NotPayable::Paid)
    } else if !amount.is_positive() {
        Some(NotPayable::Pending)
    } else if held_by.is_some() {
        Some(NotPayable::CheckoutOpen)
    } else if !terms.takes(amount.currency()) {
        Some(NotPayable::NoMethod)
    } else {
        None
    };
    Some(Payable {
        allowed: reason.is_none(),
        reason,
        amount: match reason {
            Some(NotPayable::Paid) => Money::zero(amount.currency()),
            _ => amount,
        },
        least: None,
    })
}

/// The documents and the referrals, each in the provider's order.
async fn documents(
    tx: &ReadTx,
    event: &EventId,
) -> Result<(Vec<EventLink>, Vec<EventLink>), DbError> {
    let rows = event_links::Entity::find()
        .filter(event_links::Column::EventId.eq(event.as_str()))
        .order_by_asc(event_links::Column::Position)
        .all(tx.conn())
        .await?;
    let (mut documents, mut referrals) = (Vec::new(), Vec::new());
    for row in rows {
        let link = EventLink {
            title: row.title,
            url: row.url,
            to_complete: row.to_complete,
        };
        if row.kind == EventDocumentKind::Referral.as_str() {
            referrals.push(link);
        } else {
            documents.push(link);
        }
    }
    Ok((documents, referrals))
}

/// Where a map shows a place: every character that could mean something there is encoded.
fn map_url(place: Option<&str>, terms: &Terms) -> Option<String> {
    let place = place.filter(|place| !place.trim().is_empty())?;
    let mut encoded = String::new();
    for b in place.bytes() {
        if b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(b));
        } else {
            encoded.push_str(&format!("%{b:02X}"));
        }
    }
    let map = terms.calendar.map.as_deref()?;
    Some(map.replace(PLACE, &encoded))
}
