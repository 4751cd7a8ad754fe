//! Reads the balance as the wire has it.

use api_types::{
    Balance, CheckoutId, Currency, CurrencyBalance, CustomerId, Money, NotPayable, Payable,
};

use super::figures::{self, Figures};
use super::next_unpaid;
use crate::db::{DbError, ReadTx, Terms, customers, locks, stored};

/// The customer's balance in every currency that the account has ever had an entry in.
///
/// # Errors
/// [`DbError::Unreadable`] if there is no such customer or a stored value cannot be read,
/// [`DbError::TooLarge`] if a sum of amounts is beyond its bound; otherwise as the database fails.
pub async fn read(tx: &ReadTx, customer: &CustomerId, terms: &Terms) -> Result<Balance, DbError> {
    let mut figures: Vec<_> = figures::all(tx, customer, terms.today)
        .await?
        .into_iter()
        .collect();
    // What is due first stands first; a currency with nothing due comes after, by its code.
    figures.sort_by_key(|(currency, of)| (of.first_due.is_none(), of.first_due, *currency));
    let mut open = locks::by_currency(tx, customer).await?;
    let mut currencies = Vec::new();
    for (currency, of) in figures {
        currencies.push(in_currency(currency, &of, open.remove(&currency), terms)?);
    }
    Ok(Balance {
        currencies,
        next_unpaid: next_unpaid::find(tx, customer, terms).await?,
        as_of: terms.now,
        version: customers::version(tx, customer).await?,
    })
}

fn in_currency(
    currency: Currency,
    of: &Figures,
    open: Option<CheckoutId>,
    terms: &Terms,
) -> Result<CurrencyBalance, DbError> {
    let money = |minor| Money::from_minor(minor, currency);
    let owed = stored::sum([of.remaining, of.charged()])?;
    let credit = of.credit()?;
    let covers = of.credit_covers() && open.is_none();
    let to_pay = of.to_pay()?.max(0);
    let reason = if owed == 0 || of.credit_covers() {
        Some(NotPayable::Paid)
    } else if to_pay == 0 {
        Some(NotPayable::Pending)
    } else if open.is_some() {
        Some(NotPayable::CheckoutOpen)
    } else if !terms.takes(currency) {
        Some(NotPayable::NoMethod)
    } else {
        None
    };
    Ok(CurrencyBalance {
        currency,
        owed: money(owed),
        overdue: money(of.overdue),
        credit: money(credit),
        held: money(of.held),
        on_its_way: money(of.on_its_way),
        net: money(stored::sum([credit, -owed])?),
        pay: Payable {
            allowed: reason.is_none(),
            reason,
            amount: money(to_pay),
            // A part is paid of single invoices, or as an amount on the account.
            least: None,
        },
        credit_covers: covers,
        checkout: open,
    })
}
