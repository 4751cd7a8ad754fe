//! The list of invoices.

use api_types::{InvoiceId, InvoiceSummary};
use leptos::prelude::*;

use super::amount::Amount;
use super::badge::StatusBadge;
use super::data_column::{Column, Slot, Sorting};
use super::data_table::{Cell, DataTable};
use super::data_ticks::Ticks;
use super::date_block::DateBlock;
use super::icon::{Glyph, Icon};
use super::invoice_row::{due, invoice_note};
use crate::i18n::{self, fill, invoice_badge, key, t};
use crate::route::InvoiceColumn;

/// Invoices under the chosen headings; each row leads to its invoice. On a phone
/// a row is a card, whatever is chosen for a wide screen.
#[component]
pub fn InvoiceTable(
    /// The invoices, in the order to show them.
    invoices: Vec<InvoiceSummary>,
    /// The columns of a wide screen in their order, each with how it sorts.
    columns: Vec<(InvoiceColumn, Option<Sorting>)>,
    /// Where an invoice is.
    href: fn(&InvoiceId) -> String,
    /// The rows that can be ticked.
    ticks: Option<Ticks>,
    /// `Download as PDF`
    on_pdf: Callback<InvoiceSummary>,
) -> impl IntoView {
    let shown: Vec<InvoiceColumn> = columns.iter().map(|(column, _)| *column).collect();
    let card: Vec<InvoiceColumn> = CARD
        .into_iter()
        .filter(|column| !shown.contains(column))
        .collect();
    let heads = columns
        .into_iter()
        .map(|(column, sorting)| match sorting {
            Some(sorting) => head(column).with_sorting(sorting),
            None => head(column),
        })
        .chain(card.iter().map(|column| head(*column).only_narrow()))
        .chain([Column::words(t(key::invoices::COLUMN_ACTION), Slot::Wide)])
        .collect();
    let rows = invoices
        .into_iter()
        .map(|invoice| {
            let cells = shown.iter().chain(&card);
            let mut cells: Vec<Cell> = cells.map(|column| cell(*column, &invoice, href)).collect();
            cells.push(actions(invoice, href, on_pdf).into_any());
            cells
        })
        .collect();
    view! { <DataTable name=t(key::invoices::LIST_NAME) columns=heads rows=rows ticks=ticks /> }
}

/// What a card on a phone is made of.
const CARD: [InvoiceColumn; 5] = [
    InvoiceColumn::Name,
    InvoiceColumn::Issued,
    InvoiceColumn::Due,
    InvoiceColumn::Remaining,
    InvoiceColumn::Status,
];

/// The heading of a column of invoices.
pub fn invoice_column_words(column: InvoiceColumn) -> String {
    t(match column {
        InvoiceColumn::Number => key::invoices::NUMBER,
        InvoiceColumn::Name => key::invoices::COLUMN_NAME,
        InvoiceColumn::Issued => key::invoices::COLUMN_ISSUED,
        InvoiceColumn::Due => key::invoices::COLUMN_DUE,
        InvoiceColumn::Service => key::invoices::COLUMN_SERVICE,
        InvoiceColumn::Total => key::invoices::COLUMN_AMOUNT,
        InvoiceColumn::PaidAmount => key::invoices::PAID,
        InvoiceColumn::Remaining => key::invoices::COLUMN_REMAINING,
        InvoiceColumn::Status => key::invoices::COLUMN_STATUS,
    })
}

fn head(column: InvoiceColumn) -> Column {
    let label = invoice_column_words(column);
    match column {
        InvoiceColumn::Number | InvoiceColumn::Service => Column::words(label, Slot::Wide),
        InvoiceColumn::Name => Column::words(label, Slot::Title),
        InvoiceColumn::Issued => Column::words(label, Slot::Start),
        InvoiceColumn::Due => Column::words(label, Slot::Note),
        InvoiceColumn::Status => Column::words(label, Slot::Status),
        InvoiceColumn::Total | InvoiceColumn::PaidAmount => Column::figures(label, Slot::Wide),
        InvoiceColumn::Remaining => Column::figures(label, Slot::Figure),
    }
}

fn cell(column: InvoiceColumn, invoice: &InvoiceSummary, href: fn(&InvoiceId) -> String) -> Cell {
    match column {
        InvoiceColumn::Number => invoice.number.clone().into_any(),
        InvoiceColumn::Name => name(invoice, href).into_any(),
        InvoiceColumn::Issued => view! {
            <span class="on-narrow">
                <DateBlock day=invoice.issued_on />
            </span>
            <span class="on-wide invoice_table__day">{i18n::day(&invoice.issued_on)}</span>
        }
        .into_any(),
        InvoiceColumn::Due => view! {
            <span class="on-narrow">{invoice_note(invoice)}</span>
            <span class="on-wide invoice_table__day">{i18n::day(&invoice.due_on)}</span>
        }
        .into_any(),
        InvoiceColumn::Service => invoice.service.clone().into_any(),
        InvoiceColumn::Total => view! { <Amount money=invoice.total /> }.into_any(),
        InvoiceColumn::PaidAmount => view! { <Amount money=invoice.paid /> }.into_any(),
        InvoiceColumn::Remaining => {
            let shown_on_phone = due(invoice.total, invoice.remaining);
            view! {
                <span class="on-narrow">
                    <Amount money=shown_on_phone />
                </span>
                <span class="on-wide">
                    <Amount money=invoice.remaining />
                </span>
            }
            .into_any()
        }
        InvoiceColumn::Status => {
            let badge = invoice_badge(invoice.document, invoice.state, invoice.overdue);
            view! { <StatusBadge badge=badge /> }.into_any()
        }
    }
}

fn name(invoice: &InvoiceSummary, href: fn(&InvoiceId) -> String) -> impl IntoView + use<> {
    view! {
        <a
            class="data_table__link"
            href=href(&invoice.id)
            data-invoice=invoice.id.to_string()
        >
            <span class="on-narrow">
                {invoice.number.clone()} <span aria-hidden="true">" · "</span>
            </span>
            {invoice.name.clone()}
        </a>
    }
}

fn actions(
    invoice: InvoiceSummary,
    href: fn(&InvoiceId) -> String,
    on_pdf: Callback<InvoiceSummary>,
) -> impl IntoView {
    let number = invoice.number.clone();
    let named = |template| fill(template, [("number", &number)]);
    let view_words = named(key::invoices::VIEW_INVOICE_NUMBER);
    let pdf_words = named(key::invoices::DOWNLOAD_AS_PDF_NUMBER);
    view! {
        <span class="invoice_table__actions">
            <a class="invoice_table__view" href=href(&invoice.id) aria-label=view_words>
                {t(key::invoices::VIEW_INVOICE)}
            </a>
            <button
                type="button"
                class="invoice_table__pdf"
                title=t(key::invoices::DOWNLOAD_AS_PDF)
                aria-label=pdf_words
                on:click=move |_| on_pdf.run(invoice.clone())
            >
                <Icon glyph=Glyph::Download />
            </button>
        </span>
    }
}
