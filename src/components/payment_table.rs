//! The list of payments, purchases and refunds.

use api_types::{Payment, PaymentId, PaymentKind};
use leptos::prelude::*;

use super::amount::Amount;
use super::badge::StatusBadge;
use super::data_column::{Column, Slot, Sorting};
use super::data_table::{Cell, DataTable};
use crate::i18n::{
    self, dispute_badge, failure_words, key, payment_badge, payment_kind_words, refund_badge, t,
};

/// How the headings of the list sort.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaymentSorting {
    /// By `Date / Time`.
    pub date: Option<Sorting>,
    /// By `Total`.
    pub total: Option<Sorting>,
}

/// Payments under the headings `Date / Time`, `Total`, `Status`, `Description`;
/// each row leads to its payment. Purchases and refunds are negative, and a word
/// says what they are.
#[component]
pub fn PaymentTable(
    /// The payments, in the order to show them.
    payments: Vec<Payment>,
    /// How the headings sort.
    #[prop(optional)]
    sorting: PaymentSorting,
    /// Where a payment is.
    href: fn(&PaymentId) -> String,
) -> impl IntoView {
    let words = |label, slot| Column::words(t(label), slot);
    let sorted = |column: Column, sorting| match sorting {
        Some(sorting) => column.with_sorting(sorting),
        None => column,
    };
    let total = Column::figures(t(key::payments::COLUMN_TOTAL), Slot::Figure);
    let columns = vec![
        sorted(words(key::payments::COLUMN_DATE, Slot::Note), sorting.date),
        sorted(total, sorting.total),
        words(key::payments::COLUMN_STATUS, Slot::Status),
        words(key::payments::COLUMN_DESCRIPTION, Slot::Title),
    ];
    let rows = payments
        .into_iter()
        .map(|payment| cells(payment, href))
        .collect();
    view! { <DataTable name=t(key::payments::LIST_NAME) columns=columns rows=rows /> }
}

fn cells(payment: Payment, href: fn(&PaymentId) -> String) -> Vec<Cell> {
    let at = payment.completed_at.unwrap_or(payment.created_at);
    let failure = payment.failure.map(failure_words);
    let also = [
        payment.dispute.and_then(dispute_badge),
        refund_badge(&payment),
    ];
    // A payment is what one expects here; the others say what they are.
    let kind = (payment.kind != PaymentKind::Payment).then(|| payment_kind_words(payment.kind));
    vec![
        view! { <time datetime=at.to_string()>{i18n::instant(&at)}</time> }.into_any(),
        view! { <Amount money=payment.total /> }.into_any(),
        view! {
            <StatusBadge badge=payment_badge(payment.status) />
            {also
                .into_iter()
                .flatten()
                .map(|badge| view! { " " <StatusBadge badge=badge /> })
                .collect_view()}
        }
        .into_any(),
        view! {
            {kind.map(|kind| view! { <span class="payment_table__kind">{kind}</span> " " })}
            <a
                class="data_table__link payment_table__description line-breaks"
                href=href(&payment.id)
                data-payment=payment.id.to_string()
            >
                {payment.description}
            </a>
            {failure
                .map(|failure| view! { " " <span class="payment_table__failure">{failure}</span> })}
        }
        .into_any(),
    ]
}
