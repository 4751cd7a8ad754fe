//! The story of a payment in words, each step with where its money is.

use api_types::{AllocatedTo, Allocation, Money, PaymentDetail, PaymentStepKind};

use super::story::{Step, story};
use crate::components::{TimelineLink, TimelineStep};
use crate::i18n::{self, failure_words, fill, key, payment_step_words, t};
use crate::route::Route;

/// The steps as they are shown.
pub fn steps(detail: &PaymentDetail) -> Vec<TimelineStep> {
    let steps = story(detail);
    let is_applied = |step: &Step| {
        matches!(
            step,
            Step::Happened {
                kind: PaymentStepKind::Applied,
                ..
            }
        )
    };
    let last_applied = steps.iter().rposition(is_applied);
    let told = steps.into_iter().enumerate().filter_map(|(at, step)| {
        Some(TimelineStep {
            at: step.at(),
            title: title(detail, step)?,
            body: body(detail, step, last_applied == Some(at)),
            links: links(detail, step, last_applied == Some(at)),
            tone: step.tone(),
        })
    });
    told.collect()
}

fn title(detail: &PaymentDetail, step: Step) -> Option<String> {
    let of = detail.payment.kind;
    match step {
        Step::Happened {
            kind: PaymentStepKind::Credited,
            ..
        } if detail.payment.allocations.is_empty() => Some(t(key::payments::STEP_CREDITED_ALL)),
        Step::Happened { kind, .. } => payment_step_words(kind, of, detail.checkout.is_some()),
        Step::AwaitsTransfer => Some(t(key::payments::STEP_AWAITS_TRANSFER)),
        Step::AwaitsMoney => Some(t(key::payments::STEP_AWAITS_MONEY)),
    }
}

/// More about a step: how much, why it failed, who looks into it.
fn body(detail: &PaymentDetail, step: Step, lists_parts: bool) -> Option<String> {
    use PaymentStepKind as Kind;
    let Step::Happened { kind, amount, .. } = step else {
        return None;
    };
    let portal = detail.seller.name.as_str();
    match (kind, amount) {
        (Kind::Failed, _) => detail.payment.failure.map(failure_words),
        (Kind::InReview, Some(amount)) => Some(fill(
            key::payments::STEP_IN_REVIEW_AMOUNT,
            [("amount", &i18n::money(&amount)), ("portal", portal)],
        )),
        (Kind::InReview, None) => Some(fill(
            key::payments::STEP_IN_REVIEW_BODY,
            [("portal", portal)],
        )),
        // Its parts say how much each.
        (Kind::Applied, _) if lists_parts && !detail.payment.allocations.is_empty() => None,
        (_, amount) => amount.as_ref().map(i18n::money),
    }
}

/// Where the money of a step is.
fn links(detail: &PaymentDetail, step: Step, lists_parts: bool) -> Vec<TimelineLink> {
    use PaymentStepKind as Kind;
    let allocations = detail.payment.allocations.iter();
    match step {
        Step::Happened {
            kind: Kind::Applied,
            ..
        } if lists_parts => allocations.map(part).collect(),
        Step::Happened {
            kind: Kind::Credited,
            ..
        } => vec![TimelineLink {
            words: t(key::payments::VIEW_ACCOUNT),
            href: Route::ACCOUNT.href(),
        }],
        _ => vec![],
    }
}

fn part(part: &Allocation) -> TimelineLink {
    let (what, route) = match &part.to {
        AllocatedTo::Invoice { invoice, number } => (
            fill(key::invoices::INVOICE_TITLE, [("number", number)]),
            Route::Invoice(invoice.clone()),
        ),
        AllocatedTo::Event { event, title } => (title.clone(), Route::Event(event.clone())),
    };
    TimelineLink {
        words: amount_words(&what, &part.amount),
        href: route.href(),
    }
}

fn amount_words(what: &str, amount: &Money) -> String {
    fill(
        key::payments::STEP_PART,
        [("what", what), ("amount", &i18n::money(amount))],
    )
}
