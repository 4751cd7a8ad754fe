//! An invoice as a document: who, whom, what for, how much. The same on screen
//! and on paper.

use api_types::{Day, Invoice, InvoiceMoney, Money, Party};
use leptos::prelude::*;

use super::amount::Amount;
use super::invoice_lines::InvoiceLines;
use crate::i18n::{self, fill, key, t};

/// The document. What can be done with it stands outside.
#[component]
pub fn InvoiceDocument(
    /// The invoice.
    invoice: Invoice,
) -> impl IntoView {
    let days = days(&invoice);
    let Invoice {
        seller,
        customer,
        lines,
        money,
        ..
    } = invoice;
    view! {
        <article class="card invoice_document" aria-label=t(key::invoices::DOCUMENT)>
            <div class="invoice_document__parties">
                {party(key::invoices::FROM, seller)} {party(key::invoices::BILLED_TO, customer)}
            </div>
            {days} <InvoiceLines lines=lines /> {totals(&money)}
        </article>
    }
}

fn party(label: words::Text, party: Party) -> impl IntoView {
    view! {
        <div class="invoice_document__party">
            <h2 class="invoice_document__label">{t(label)}</h2>
            <p class="invoice_document__name">{party.name}</p>
            {party.address.into_iter().map(|line| view! { <p>{line}</p> }).collect_view()}
            {party
                .tax_number
                .map(|number| {
                    view! { <p>{fill(key::invoices::TAX_NUMBER, [("number", &number)])}</p> }
                })}
        </div>
    }
}

fn days(invoice: &Invoice) -> impl IntoView + use<> {
    let fact = |label, text: String| {
        view! {
            <div>
                <dt>{t(label)}</dt>
                <dd>{text}</dd>
            </div>
        }
    };
    let period = invoice
        .period_from
        .zip(invoice.period_to)
        .map(|(from, to)| span(&from, &to));
    view! {
        <dl class="invoice_document__facts">
            {fact(key::invoices::NUMBER, invoice.number.clone())}
            {fact(key::invoices::ISSUED, i18n::day(&invoice.issued_on))}
            {fact(key::invoices::DUE_LABEL, i18n::day(&invoice.due_on))}
            {period.map(|period| fact(key::invoices::PERIOD, period))}
        </dl>
    }
}

fn span(from: &Day, to: &Day) -> String {
    let (from, to) = (i18n::day(from), i18n::day(to));
    fill(key::invoices::PERIOD_SPAN, [("from", &from), ("to", &to)])
}

fn totals(money: &InvoiceMoney) -> impl IntoView + use<> {
    let line = |label, amount: Money, part: &'static str| {
        view! {
            <div class="invoice_document__sum" data-part=part>
                <dt>{t(label)}</dt>
                <dd>
                    <Amount money=amount />
                </dd>
            </div>
        }
    };
    // What is nothing says nothing, except for what remains.
    let if_any =
        |label, amount: Money, part| (!amount.is_zero()).then(|| line(label, amount, part));
    view! {
        <dl class="invoice_document__sums">
            {line(key::invoices::NET, money.net, "net")}
            {line(key::invoices::TAX, money.tax, "tax")}
            {line(key::invoices::TOTAL, money.total, "total")}
            {if_any(key::invoices::CREDITED, money.credited, "credited")}
            {line(key::invoices::PAID, money.paid, "paid")}
            {line(key::invoices::REMAINING, money.remaining, "remaining")}
            {if_any(key::invoices::ON_ITS_WAY, money.on_its_way, "on_its_way")}
        </dl>
    }
}
