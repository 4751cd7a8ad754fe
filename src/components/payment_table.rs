//! The list of payments, purchases and refunds.

use api_types::Payment;
use leptos::prelude::*;

use super::amount::Amount;
use super::badge::StatusBadge;
use super::data_column::{Column, Slot};
use super::data_table::{Cell, DataTable};
use crate::i18n::{self, failure_words, key, payment_badge, t};

/// Payments under the headings `Date / Time`, `Total`, `Status`, `Description`.
/// Purchases are negative.
#[component]
pub fn PaymentTable(
    /// The payments, in the order to show them.
    payments: Vec<Payment>,
) -> impl IntoView {
    let words = |label, slot| Column::words(t(label), slot);
    let figures = |label, slot| Column::figures(t(label), slot);
    let columns = vec![
        words(key::payments::COLUMN_DATE, Slot::Note),
        figures(key::payments::COLUMN_TOTAL, Slot::Figure),
        words(key::payments::COLUMN_STATUS, Slot::Status),
        words(key::payments::COLUMN_DESCRIPTION, Slot::Title),
    ];
    let rows = payments.into_iter().map(cells).collect();
    view! { <DataTable name=t(key::payments::LIST_NAME) columns=columns rows=rows /> }
}

fn cells(payment: Payment) -> Vec<Cell> {
    let at = payment.completed_at.unwrap_or(payment.created_at);
    let failure = payment.failure.map(failure_words);
    vec![
        view! { <time datetime=at.to_string()>{i18n::instant(&at)}</time> }.into_any(),
        view! { <Amount money=payment.total /> }.into_any(),
        view! { <StatusBadge badge=payment_badge(payment.status) /> }.into_any(),
        view! {
            <span class="payment_table__description" data-payment=payment.id.to_string()>
                {payment.description}
            </span>
            {failure
                .map(|failure| view! { " " <span class="payment_table__failure">{failure}</span> })}
        }
        .into_any(),
    ]
}
