//! `/payments/:id`

mod again;
mod cancel;
mod dispute;
mod pending;
mod story;
mod telling;

use api_types::{PaymentDetail, PaymentId, PaymentKind, Timestamp};
use leptos::prelude::*;

use crate::browser::print;
use crate::components::{
    Button, Card, EmptyState, Glyph, Icon, Notice, NoticeTone, PageHeading, ReceiptDocument,
    Skeleton, SkeletonOf, StatusBadge, Timeline,
};
use crate::i18n::{
    dispute_badge, failure_words, fill, fill_plain, key, payment_badge, payment_kind_words,
    refund_badge, t,
};
use crate::parts::{CheckoutPanels, Download, LoadFailure};
use crate::route::Route;
use crate::state::{Api, Loaded, is_missing, load_record, use_checkouts, use_title};

use again::PayAgain;
use cancel::CancelPayment;
use dispute::dispute_notice;
use pending::what_is_next;
use story::failed_checkout;
use telling::steps;

/// A payment: the document, its story, and what can still be done.
#[component]
pub fn PaymentPage() -> impl IntoView {
    let payment: Loaded<PaymentDetail> = load_record(
        |route| match route {
            Route::Payment(id) => Some(id),
            _ => None,
        },
        |api, id| async move { api.payment(&id).await },
    );
    let heading = move || {
        let known = payment.of(heading_words);
        known.unwrap_or_else(|| payment_kind_words(PaymentKind::Payment))
    };
    use_title(heading);
    let missing = is_missing(payment);
    move || {
        if missing.get() {
            not_there().into_any()
        } else {
            content(payment, Signal::derive(heading)).into_any()
        }
    }
}

/// A receipt has its own name; what is no receipt is called what it is.
fn heading_words(detail: &PaymentDetail) -> String {
    let payment = &detail.payment;
    let number = [("number", payment.id.as_str())];
    match (detail.receipt, payment.kind) {
        (true, PaymentKind::Refund) => fill(key::documents::REFUND_TITLE, number),
        (true, _) => fill(key::documents::RECEIPT_TITLE, number),
        (false, kind) => payment_kind_words(kind),
    }
}

fn not_there() -> impl IntoView {
    view! {
        <PageHeading text=t(key::payments::MISSING_TITLE) />
        <EmptyState title="" body=t(key::payments::MISSING_BODY) glyph=Glyph::Payments>
            <a class="button" href=Route::all_payments().href()>
                {t(key::payments::ALL_PAYMENTS)}
            </a>
        </EmptyState>
    }
}

fn content(payment: Loaded<PaymentDetail>, heading: Signal<String>) -> impl IntoView {
    let badge = move || {
        payment.of(|detail| {
            let payment = &detail.payment;
            let also = [
                payment.dispute.and_then(dispute_badge),
                refund_badge(payment),
            ];
            view! {
                <StatusBadge badge=payment_badge(payment.status) />
                {also
                    .into_iter()
                    .flatten()
                    .map(|badge| view! { " " <StatusBadge badge=badge /> })
                    .collect_view()}
            }
        })
    };
    // The document is built anew only when something on it has changed.
    let content = Memo::new(move |_| {
        payment.value().map(|mut detail| {
            detail.as_of = Timestamp::from_millis(0).unwrap_or(detail.as_of);
            detail.version = 0;
            detail
        })
    });
    let document = move || match content.get() {
        None if payment.error().is_some() => ().into_any(),
        None => view! { <Skeleton of=SkeletonOf::Document /> }.into_any(),
        Some(detail) => view! { <ReceiptDocument detail=detail /> }.into_any(),
    };
    view! {
        <a class="back_link" href=Route::all_payments().href()>
            {t(key::payments::ALL_PAYMENTS)}
        </a>
        <PageHeading text=heading>{badge}</PageHeading>
        <LoadFailure loaded=payment title=t(key::payments::PAYMENT_FAILED_TITLE) />
        <div class="columns">
            <div class="columns__side">
                <CheckoutPanels />
                {move || content.get().map(|detail| urgent(&detail))}
            </div>
            <div class="columns__main">{document}</div>
            <div class="columns__foot">{move || content.get().map(|detail| beside(&detail))}</div>
        </div>
    }
}

/// What the customer has to know or do first. What the checkout's panel says
/// already is not said twice.
fn urgent(detail: &PaymentDetail) -> impl IntoView + use<> {
    let checkouts = use_checkouts();
    let reason = detail.payment.failure;
    let (failed, currency) = (failed_checkout(detail), detail.payment.total.currency());
    let checkout = detail.checkout.clone();
    let in_panel = Memo::new(move |_| {
        let run = checkout.as_ref().map(|id| checkouts.run_of(id).is_some());
        run.unwrap_or_default()
    });
    let cancel = detail.checkout.clone().filter(|_| detail.can_cancel);
    let dispute = dispute_notice(detail);
    let next = what_is_next(detail);
    let failure = move || {
        let reason = reason.filter(|_| !in_panel.get())?;
        let again = failed.clone().map(|checkout| {
            view! { <PayAgain checkout=checkout currency=currency /> }
        });
        Some(view! {
            <Notice tone=NoticeTone::Bad body=failure_words(reason) />
            {again}
        })
    };
    let acts = move || {
        let cancel = cancel.clone().filter(|_| !in_panel.get());
        cancel.map(|checkout| view! { <CancelPayment checkout=checkout /> })
    };
    view! {
        {failure}
        {dispute}
        {next}
        {acts}
    }
}

/// What stands beside the document and is not printed.
fn beside(detail: &PaymentDetail) -> impl IntoView + use<> {
    let steps = Signal::stored(steps(detail));
    view! {
        <div class="payment_beside">
            {detail.receipt.then(|| keep(&detail.payment.id))}
            <Card title=t(key::payments::STORY) id="story">
                <div class="card__body">
                    <Timeline name=t(key::payments::STORY) steps=steps />
                </div>
            </Card>
        </div>
    }
}

fn keep(id: &PaymentId) -> impl IntoView + use<> {
    let name = fill_plain(key::payments::PDF_NAME, [("number", id.as_str())]);
    let id = id.clone();
    let fetch = move |api: Api| {
        let id = id.clone();
        async move { api.receipt_pdf(&id).await }
    };
    view! {
        <div class="keep">
            <Download label=t(key::invoices::DOWNLOAD_AS_PDF) name=name fetch=fetch />
            <Button on_press=Callback::new(|()| print::page_as_it_is())>
                <Icon glyph=Glyph::Print />
                {t(key::payments::PRINT_THIS_RECEIPT)}
            </Button>
        </div>
    }
}
