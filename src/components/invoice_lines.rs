//! What an invoice is for, line by line.

use api_types::InvoiceLine;
use leptos::prelude::*;

use super::amount::Amount;
use super::data_column::{Column, Slot};
use super::data_table::{Cell, DataTable};
use crate::i18n::{self, fill, key, t};

/// The lines of an invoice.
#[component]
pub(super) fn InvoiceLines(
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
