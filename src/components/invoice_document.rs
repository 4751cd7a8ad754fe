//! An invoice as a document: who, whom, what for, how much, what has been paid
//! and how to pay the rest. The same on screen and on paper.

use api_types::{
    Day, DocumentState, Invoice, InvoiceCredit, InvoiceLine, InvoiceMoney, InvoicePayment,
    InvoiceRefund, Money, PaymentStatus,
};
use leptos::prelude::*;

use super::amount::Amount;
use super::badge::StatusBadge;
use super::data_column::{Column, Slot};
use super::data_table::{Cell, DataTable};
use super::details::{Detail, Details};
use super::party_block::PartyBlock;
use crate::i18n::{self, Badge, fill, key, payment_badge, t};
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

/// The lines of an invoice.
#[component]
fn InvoiceLines(
    /// The lines, in order.
    lines: Vec<InvoiceLine>,
) -> impl IntoView {
    let words = |label, slot| Column::words(t(label), slot);
    let figures = |label, slot| Column::figures(t(label), slot);
    let columns = vec![
        words(key::invoices::LINE_DESCRIPTION, Slot::Title),
        figures(key::invoices::LINE_QUANTITY, Slot::Wide),
        figures(key::invoices::LINE_UNIT_PRICE, Slot::Note),
        figures(key::invoices::LINE_TAX, Slot::Status),
        figures(key::invoices::LINE_NET, Slot::Figure),
    ];
    let rows = lines.into_iter().map(cells).collect();
    view! { <DataTable name=t(key::invoices::LINES) columns=columns rows=rows /> }
}

fn cells(line: InvoiceLine) -> Vec<Cell> {
    let tax = fill(
        key::invoices::LINE_TAX_PERCENT,
        [(
            "percent",
            &i18n::number(&line.tax_percent, line.unit_price.currency()),
        )],
    );
    let quantity = i18n::number(&line.quantity, line.unit_price.currency());
    let price = line.unit_price;
    vec![
        view! { <span class="line-breaks">{line.description}</span> }.into_any(),
        quantity.clone().into_any(),
        view! {
            <span class="on-narrow">{quantity} " × "</span>
            <data class="amount" value=price.amount_text() data-currency=price.currency().code()>
                {i18n::unit_price(&price)}
            </data>
        }
        .into_any(),
        view! { <span class="on-narrow">{t(key::invoices::LINE_TAX)} " "</span> {tax} }.into_any(),
        view! { <Amount money=line.net /> }.into_any(),
    ]
}

/// Payments, refunds and credit notes in the order of their days, each with its link;
/// nothing where there are none.
#[component]
fn InvoiceMoves(
    /// What has been paid.
    payments: Vec<InvoicePayment>,
    /// What of that went back.
    refunds: Vec<InvoiceRefund>,
    /// What has been taken back.
    credit_notes: Vec<InvoiceCredit>,
) -> impl IntoView {
    let mut moves: Vec<Move> = payments.into_iter().map(Move::payment).collect();
    moves.extend(refunds.into_iter().map(Move::refund));
    moves.extend(credit_notes.into_iter().map(Move::credit));
    // What happened on one day stays in the order that it came in.
    moves.sort_by_key(|one| one.on);
    let words = |label, slot| Column::words(t(label), slot);
    let columns = vec![
        words(key::history::DATE, Slot::Note),
        words(key::history::RECORD, Slot::Title),
        words(key::payments::COLUMN_STATUS, Slot::Status),
        Column::figures(t(key::history::AMOUNT), Slot::Figure),
    ];
    (!moves.is_empty()).then(|| {
        let rows: Vec<Vec<Cell>> = moves.into_iter().map(Move::cells).collect();
        view! {
            <section class="invoice_document__part">
                <h2 class="invoice_document__heading">{t(key::documents::PAID_SO_FAR)}</h2>
                <DataTable name=t(key::documents::PAID_SO_FAR) columns=columns rows=rows />
            </section>
        }
    })
}

struct Move {
    on: Day,
    what: String,
    href: String,
    badge: Badge,
    amount: Money,
}

impl Move {
    fn payment(payment: InvoicePayment) -> Self {
        Self {
            on: payment.on,
            what: t(key::documents::PAYMENT),
            href: Route::Payment(payment.payment).href(),
            badge: payment_badge(payment.status),
            amount: payment.amount,
        }
    }

    fn refund(refund: InvoiceRefund) -> Self {
        let amount = Money::from_minor(-refund.amount.minor(), refund.amount.currency());
        Self {
            on: refund.on,
            what: t(key::documents::REFUND),
            href: Route::Payment(refund.refund).href(),
            badge: payment_badge(PaymentStatus::Completed),
            amount,
        }
    }

    fn credit(credit: InvoiceCredit) -> Self {
        let number = [("number", credit.number.as_str())];
        Self {
            on: credit.issued_on,
            what: fill(key::credit_notes::TITLE, number),
            href: Route::CreditNote(credit.credit_note).href(),
            badge: payment_badge(PaymentStatus::Completed),
            amount: credit.amount,
        }
    }

    fn cells(self) -> Vec<Cell> {
        let Self {
            on,
            what,
            href,
            badge,
            amount,
        } = self;
        let link = view! {
            <a class="data_table__link" href=href>
                {what}
            </a>
        };
        vec![
            view! { <time datetime=on.to_string()>{i18n::day(&on)}</time> }.into_any(),
            link.into_any(),
            view! { <StatusBadge badge=badge /> }.into_any(),
            view! { <Amount money=amount /> }.into_any(),
        ]
    }
}
