//! What has been paid for an invoice, what of that went back, and what has been taken back of it.

use api_types::{Day, InvoiceCredit, InvoicePayment, InvoiceRefund, Money, PaymentStatus};
use leptos::prelude::*;

use super::amount::Amount;
use super::badge::StatusBadge;
use super::data_column::{Column, Slot};
use super::data_table::{Cell, DataTable};
use crate::i18n::{self, Badge, fill, key, payment_badge, t};
use crate::route::Route;

/// Payments, refunds and credit notes in the order of their days, each with its link;
/// nothing where there are none.
#[component]
pub(super) fn InvoiceMoves(
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
