//! An invoice in a short list.

use api_types::InvoiceSummary;
use leptos::prelude::*;

use super::amount::Amount;
use super::badge::StatusBadge;
use super::date_block::DateBlock;
use crate::i18n::{self, fill, invoice_badge, key, t};

/// A list of rows with hairlines between them.
#[component]
pub fn Rows(
    /// What the rows are, for a screen reader.
    #[prop(into)]
    name: String,
    /// The rows, each a list item.
    children: Children,
) -> impl IntoView {
    view! {
        <ul class="rows" role="list" aria-label=name>
            {children()}
        </ul>
    }
}

/// An invoice: its day, what it is for, when it is due, what remains, its state.
#[component]
pub fn InvoiceRow(
    /// The invoice.
    invoice: InvoiceSummary,
    /// Where the invoice is.
    #[prop(into)]
    href: String,
) -> impl IntoView {
    let badge = invoice_badge(invoice.document, invoice.state, invoice.overdue);
    let note = invoice_note(&invoice);
    view! {
        <li class="rows__item">
            <a class="invoice_row" href=href data-invoice=invoice.id.to_string()>
                <DateBlock day=invoice.issued_on />
                <span class="invoice_row__words">
                    <span class="invoice_row__title">
                        {invoice.number} <span aria-hidden="true">" · "</span> {invoice.name}
                    </span>
                    " "
                    <span class="invoice_row__note">{note}</span>
                </span>
                <span class="invoice_row__end">
                    <span class="invoice_row__figure">
                        <Amount money=due(invoice.total, invoice.remaining) />
                    </span>
                    " "
                    <StatusBadge badge=badge />
                </span>
            </a>
        </li>
    }
}

/// The one figure of an invoice in a list: what remains, or what it was.
pub(super) fn due(total: api_types::Money, remaining: api_types::Money) -> api_types::Money {
    if remaining.is_zero() {
        total
    } else {
        remaining
    }
}

/// The line below an invoice's name.
pub(super) fn invoice_note(invoice: &InvoiceSummary) -> String {
    if invoice.remaining.is_zero() {
        fill(
            key::invoices::ISSUED_ON,
            [("day", &i18n::day(&invoice.issued_on))],
        )
    } else if invoice.state == api_types::MoneyState::Pending {
        t(key::invoices::PAYMENT_ON_ITS_WAY)
    } else {
        fill(key::invoices::DUE, [("day", &i18n::day(&invoice.due_on))])
    }
}
