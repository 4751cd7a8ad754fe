//! Paying the invoice that is on screen.

use api_types::{CheckoutFor, Invoice, Payable};
use leptos::prelude::*;

use crate::components::{AsOf, Skeleton, SkeletonOf};
use crate::i18n::{fill, key, t};
use crate::parts::{Pay, use_freshness};
use crate::state::Loaded;

/// `Pay This Invoice`, with what it means and how fresh the figures are.
#[component]
pub(super) fn PayInvoice(
    /// The invoice.
    invoice: Loaded<Invoice>,
) -> impl IntoView {
    let freshness = use_freshness(invoice);
    let id = Memo::new(move |_| invoice.of(|invoice| invoice.id.clone()));
    let as_of = Memo::new(move |_| invoice.of(|invoice| invoice.as_of));
    let payable = Memo::new(move |before: Option<&Option<Payable>>| {
        invoice
            .of(|invoice| invoice.pay.clone())
            .or_else(|| before.cloned().flatten())
    });
    move || {
        let (Some(id), Some(first)) = (id.get(), payable.get_untracked()) else {
            let loading = invoice.error().is_none();
            return loading
                .then(|| view! { <Skeleton of=SkeletonOf::Pay /> })
                .into_any();
        };
        let what = move || {
            let number = invoice
                .of(|invoice| invoice.number.clone())
                .unwrap_or_default();
            fill(key::checkout::NOTICE_WHAT_INVOICE, [("number", &number)])
        };
        let now = Signal::derive(move || payable.get().unwrap_or_else(|| first.clone()));
        view! {
            <section class="card pay_card" aria-label=t(key::invoices::PAY_THIS_INVOICE)>
                <Pay
                    pays_for=CheckoutFor::Invoice { invoice: id }
                    label=t(key::invoices::PAY_THIS_INVOICE)
                    what=Signal::derive(what)
                    payable=now
                    id="pay-invoice"
                />
                {move || {
                    as_of.get().map(|at| view! { <AsOf at=Signal::stored(at) freshness=freshness /> })
                }}
            </section>
        }
        .into_any()
    }
}
