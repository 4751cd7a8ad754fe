//! An invoice as a document: who, whom, what for, how much, what has been paid
//! and how to pay the rest. The same on screen and on paper.

use api_types::{Day, DocumentState, Invoice, InvoiceMoney, Money};
use leptos::prelude::*;

use super::amount::Amount;
use super::details::{Detail, Details};
use super::invoice_lines::InvoiceLines;
use super::invoice_moves::InvoiceMoves;
use super::party_block::PartyBlock;
use crate::i18n::{self, fill, key, t};
use crate::route::Route;

/// The document. What can be done with it stands outside.
#[component]
pub fn InvoiceDocument(
    /// The invoice.
    invoice: Invoice,
) -> impl IntoView {
    let (facts, void, bank) = (facts(&invoice), void(&invoice), bank(&invoice));
    let Invoice {
        name,
        seller,
        customer,
        lines,
        money,
        payments,
        refunds,
        credit_notes,
        ..
    } = invoice;
    view! {
        <article class="card invoice_document" aria-label=t(key::invoices::DOCUMENT)>
            {void}
            <div class="invoice_document__parties">
                <PartyBlock label=key::invoices::FROM party=seller />
                <PartyBlock label=key::invoices::BILLED_TO party=customer />
            </div>
            {facts}
            <h2 class="invoice_document__heading">{name}</h2>
            <InvoiceLines lines=lines />
            {totals(&money)}
            <InvoiceMoves payments=payments refunds=refunds credit_notes=credit_notes />
            {bank}
        </article>
    }
}

/// That nothing is owed on it, said on paper too.
fn void(invoice: &Invoice) -> Option<impl IntoView + use<>> {
    let (state, words) = match invoice.document {
        DocumentState::Void => ("void", key::invoices::REASON_VOID),
        DocumentState::Replaced => ("replaced", key::invoices::REPLACED),
        _ => return None,
    };
    let instead = invoice.replaced_by.clone().map(|instead| {
        view! {
            " "
            <a class="invoice_document__link" href=Route::Invoice(instead).href()>
                {t(key::invoices::REPLACED_BY)}
            </a>
        }
    });
    Some(view! {
        <p class="invoice_document__void" data-state=state>
            {t(words)}
            {instead}
        </p>
    })
}

fn facts(invoice: &Invoice) -> impl IntoView + use<> {
    let fact = |label, text: String| {
        view! {
            <div>
                <dt>{t(label)}</dt>
                <dd>{text}</dd>
            </div>
        }
    };
    let period = invoice.period_from.zip(invoice.period_to);
    let period = period.map(|(from, to)| span(&from, &to));
    let service = invoice.service.clone();
    view! {
        <dl class="invoice_document__facts">
            {fact(key::invoices::NUMBER, invoice.number.clone())}
            {fact(key::invoices::ISSUED, i18n::day(&invoice.issued_on))}
            {fact(key::invoices::DUE_LABEL, i18n::day(&invoice.due_on))}
            {period.map(|period| fact(key::invoices::PERIOD, period))}
            {service.map(|service| fact(key::invoices::COLUMN_SERVICE, service))}
            {fact(key::statement::ACCOUNT_NUMBER, invoice.account_number.clone())}
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
            {if_any(key::invoices::REFUNDED, money.refunded, "refunded")}
        </dl>
    }
}

/// Where to send what remains, if anything does.
fn bank(invoice: &Invoice) -> Option<impl IntoView + use<>> {
    let open = invoice.document == DocumentState::Open && invoice.money.remaining.is_positive();
    let facts: Vec<Detail> = invoice
        .bank_details
        .iter()
        .map(|detail| Detail::new(detail.label.clone(), detail.value.clone()))
        .collect();
    let text = fill(key::documents::BANK_TEXT, [("number", &invoice.number)]);
    (open && !facts.is_empty()).then(|| {
        view! {
            <section class="invoice_document__part">
                <h2 class="invoice_document__heading">{t(key::documents::BANK_TITLE)}</h2>
                <div class="invoice_document__bank">
                    <p class="invoice_document__note">{text}</p>
                    <Details facts=facts />
                </div>
            </section>
        }
    })
}
