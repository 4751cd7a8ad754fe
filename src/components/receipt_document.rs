//! A payment as a document: when, how, how much, and what it pays for. Where
//! the money is there it is a receipt.

use api_types::{AllocatedTo, Allocation, Money, PaymentDetail};
use leptos::prelude::*;

use super::amount::Amount;
use super::data_column::{Column, Slot};
use super::data_table::{Cell, DataTable};
use super::party_block::PartyBlock;
use crate::i18n::{self, fill, key, paid_by_words, t};
use crate::route::Route;

/// The document. What can be done with it stands outside.
#[component]
pub fn ReceiptDocument(
    /// The payment.
    detail: PaymentDetail,
) -> impl IntoView {
    let (facts, pays_for, sums) = (facts(&detail), pays_for(&detail), sums(&detail));
    let PaymentDetail {
        payment,
        seller,
        customer,
        ..
    } = detail;
    view! {
        <article class="card invoice_document" aria-label=t(key::payments::DOCUMENT)>
            <div class="invoice_document__hero">
                <p class="invoice_document__figure">
                    <Amount money=payment.total />
                </p>
                <p class="invoice_document__note line-breaks">{payment.description}</p>
            </div>
            <div class="invoice_document__parties">
                <PartyBlock label=key::invoices::FROM party=seller />
                <PartyBlock label=key::invoices::BILLED_TO party=customer />
            </div>
            {facts} {pays_for} {sums}
        </article>
    }
}

fn facts(detail: &PaymentDetail) -> impl IntoView + use<> {
    let fact = |label, value: AnyView| {
        view! {
            <div>
                <dt>{t(label)}</dt>
                <dd>{value}</dd>
            </div>
        }
    };
    let payment = &detail.payment;
    let at = payment.completed_at.unwrap_or(payment.created_at);
    let when = view! { <time datetime=at.to_string()>{i18n::instant(&at)}</time> };
    let method = payment.method.as_ref().map(paid_by_words);
    let given_back = detail.refund_of.clone().map(|payment| {
        view! {
            <a class="invoice_document__link" href=Route::Payment(payment).href()>
                {t(key::payments::VIEW_PAYMENT)}
            </a>
        }
    });
    view! {
        <dl class="invoice_document__facts">
            {fact(key::payments::COLUMN_DATE, when.into_any())}
            {method.map(|method| fact(key::documents::PAID_BY, method.into_any()))}
            {fact(key::statement::ACCOUNT_NUMBER, detail.account_number.clone().into_any())}
            {given_back.map(|link| fact(key::payments::GIVES_BACK, link.into_any()))}
        </dl>
    }
}

/// Everything that the money went to; its amounts add up to the total.
fn pays_for(detail: &PaymentDetail) -> Option<impl IntoView + use<>> {
    let payment = &detail.payment;
    let mut rows: Vec<Vec<Cell>> = payment.allocations.iter().map(allocation).collect();
    let rest = [
        (key::checkout::SURCHARGE, payment.surcharge),
        (key::documents::RECEIPT_UNALLOCATED, detail.unallocated),
    ];
    rows.extend(
        rest.into_iter()
            .filter(|(_, amount)| !amount.is_zero())
            .map(|(label, amount)| row(t(label).into_any(), amount)),
    );
    let columns = vec![
        Column::words(t(key::documents::RECEIPT_FOR), Slot::Title),
        Column::figures(t(key::history::AMOUNT), Slot::Figure),
    ];
    (!rows.is_empty()).then(|| {
        view! { <DataTable name=t(key::documents::RECEIPT_FOR) columns=columns rows=rows /> }
    })
}

fn allocation(allocation: &Allocation) -> Vec<Cell> {
    let what = match &allocation.to {
        AllocatedTo::Invoice { invoice, number } => {
            let href = Route::Invoice(invoice.clone()).href();
            let words = fill(key::invoices::INVOICE_TITLE, [("number", number)]);
            view! {
                <a class="data_table__link" href=href>
                    {words}
                </a>
            }
            .into_any()
        }
        AllocatedTo::Event { event, title } => {
            let href = Route::Event(event.clone()).href();
            view! {
                <a class="data_table__link" href=href>
                    {title.clone()}
                </a>
            }
            .into_any()
        }
    };
    row(what, allocation.amount)
}

fn row(what: AnyView, amount: Money) -> Vec<Cell> {
    vec![what, view! { <Amount money=amount /> }.into_any()]
}

fn sums(detail: &PaymentDetail) -> impl IntoView + use<> {
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
    let refunded = detail.payment.refunded;
    view! {
        <dl class="invoice_document__sums">
            {line(key::invoices::TOTAL, detail.payment.total, "total")}
            {refunded
                .is_positive()
                .then(|| line(key::documents::RECEIPT_REFUNDED, refunded, "refunded"))}
        </dl>
    }
}
