//! What an event costs and what of that is paid: the figures that every list shows.

use api_types::{
    Day, DocumentState, EventInvoice, EventMoney, EventMoneyState, EventStatus, Money, MoneyState,
};

use crate::db::entities::{events, invoices};
use crate::db::invoices::Figures;
use crate::db::{DbError, Terms, stored};

/// Money for one event, in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sums {
    /// Completed money that is kept for it.
    pub held: i64,
    /// Pending money for it.
    pub pending: i64,
    /// What went back of money that was kept for it, since money was last kept for it.
    pub refunded: i64,
}

/// The money of an event that stands as `status` says; `None` where it costs nothing, or
/// nothing any more.
pub(super) fn of_event(
    row: &events::Model,
    status: EventStatus,
    sums: Sums,
    invoice: Option<&invoices::Model>,
    terms: &Terms,
) -> Result<Option<EventMoney>, DbError> {
    let money = |minor: Option<i64>| {
        let stored = minor.zip(row.currency.as_deref());
        let money = stored.map(|(minor, currency)| stored::money(minor, currency));
        Ok::<_, DbError>(money.transpose()?.filter(Money::is_positive))
    };
    let (fee, deposit) = (money(row.fee_minor)?, money(row.deposit_minor)?);
    if let Some(invoice) = invoice {
        return invoiced(fee, invoice, terms);
    }
    let Some(fee) = fee.filter(|_| status.takes_its_time()) else {
        return Ok(None);
    };
    let due_on: Option<Day> = stored::parsed_option(row.deposit_due_on.as_deref())?;
    let balance = (fee.minor() - sums.held).max(0);
    let deposit_lacks = deposit.is_some_and(|deposit| sums.held < deposit.minor());
    let state = if balance == 0 {
        EventMoneyState::Paid
    } else if sums.pending >= balance {
        EventMoneyState::OnItsWay
    } else if sums.refunded > 0 && sums.held == 0 {
        EventMoneyState::Refunded
    } else if sums.refunded > 0 {
        EventMoneyState::PartRefunded
    } else if deposit_lacks && due_on.is_some_and(|due_on| due_on < terms.today) {
        EventMoneyState::Overdue
    } else if deposit_lacks {
        EventMoneyState::DepositDue
    } else if sums.held > 0 {
        EventMoneyState::PartPaid
    } else {
        EventMoneyState::Unpaid
    };
    let minor = |minor| Money::from_minor(minor, fee.currency());
    Ok(Some(EventMoney {
        fee,
        deposit,
        deposit_due_on: due_on.filter(|_| deposit.is_some()),
        paid: minor(sums.held),
        on_its_way: minor(sums.pending),
        balance: minor(balance),
        refunded: minor(sums.refunded),
        state,
        invoice: None,
    }))
}

/// An event that is invoiced is its invoice; a document that is void asks for nothing.
fn invoiced(
    fee: Option<Money>,
    invoice: &invoices::Model,
    terms: &Terms,
) -> Result<Option<EventMoney>, DbError> {
    let figures = Figures::of(invoice)?;
    if figures.document != DocumentState::Open {
        return Ok(None);
    }
    let overdue = figures.overdue(terms.today);
    let state = match figures.state() {
        MoneyState::Paid => EventMoneyState::Paid,
        MoneyState::Pending => EventMoneyState::OnItsWay,
        MoneyState::Refunded => EventMoneyState::Refunded,
        MoneyState::PartRefunded => EventMoneyState::PartRefunded,
        _ if overdue => EventMoneyState::Overdue,
        MoneyState::PartPaid => EventMoneyState::PartPaid,
        _ => EventMoneyState::Unpaid,
    };
    let all = figures.all();
    Ok(Some(EventMoney {
        fee: fee.unwrap_or(all.total),
        deposit: None,
        deposit_due_on: None,
        paid: all.paid,
        on_its_way: all.on_its_way,
        balance: all.remaining,
        refunded: all.refunded,
        state,
        invoice: Some(EventInvoice {
            id: stored::parse(&invoice.id)?,
            number: invoice.number.clone(),
            total: all.total,
            due_on: figures.due_on,
            overdue,
        }),
    }))
}
