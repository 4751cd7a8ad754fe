//! The list of invoices.

use api_types::{InvoiceId, InvoiceSummary};
use leptos::prelude::*;

use super::amount::Amount;
use super::badge::StatusBadge;
use super::data_column::{Column, Slot};
use super::data_table::{Cell, DataTable};
use super::date_block::DateBlock;
use super::invoice_row::{due, invoice_note};
use crate::i18n::{self, invoice_badge, key, t};

/// Invoices with their days, figures and states; each row leads to its invoice.
#[component]
pub fn InvoiceTable(
    /// The invoices, in the order to show them.
    invoices: Vec<InvoiceSummary>,
    /// Where an invoice is.
    href: fn(&InvoiceId) -> String,
) -> impl IntoView {
    let words = |label, slot| Column::words(t(label), slot);
    let figures = |label, slot| Column::figures(t(label), slot);
    let columns = vec![
        words(key::invoices::COLUMN_ISSUED, Slot::Start),
        words(key::invoices::COLUMN_INVOICE, Slot::Title),
        words(key::invoices::COLUMN_DUE, Slot::Note),
        figures(key::invoices::COLUMN_AMOUNT, Slot::Wide),
        figures(key::invoices::COLUMN_REMAINING, Slot::Figure),
        words(key::invoices::COLUMN_STATUS, Slot::Status),
    ];
    let rows = invoices
        .into_iter()
        .map(|invoice| cells(invoice, href))
        .collect();
    view! { <DataTable name=t(key::invoices::LIST_NAME) columns=columns rows=rows /> }
}

fn cells(invoice: InvoiceSummary, href: fn(&InvoiceId) -> String) -> Vec<Cell> {
    let note = invoice_note(&invoice);
    let badge = invoice_badge(invoice.document, invoice.state, invoice.overdue);
    let shown_on_phone = due(invoice.total, invoice.remaining);
    vec![
        view! {
            <span class="on-narrow">
                <DateBlock day=invoice.issued_on />
            </span>
            <span class="on-wide">{i18n::day(&invoice.issued_on)}</span>
        }
        .into_any(),
        view! {
            <a
                class="data_table__link"
                href=href(&invoice.id)
                data-invoice=invoice.id.to_string()
            >
                {invoice.number} <span aria-hidden="true">" · "</span> {invoice.name}
            </a>
        }
        .into_any(),
        view! {
            <span class="on-narrow">{note}</span>
            <span class="on-wide">{i18n::day(&invoice.due_on)}</span>
        }
        .into_any(),
        view! { <Amount money=invoice.total /> }.into_any(),
        view! {
            <span class="on-narrow">
                <Amount money=shown_on_phone />
            </span>
            <span class="on-wide">
                <Amount money=invoice.remaining />
            </span>
        }
        .into_any(),
        view! { <StatusBadge badge=badge /> }.into_any(),
    ]
}
