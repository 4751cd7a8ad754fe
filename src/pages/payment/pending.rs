//! A payment that takes days: what there is to do, and when to expect what.

use api_types::{PaymentDetail, PaymentKind};
use leptos::prelude::*;

use super::story::{Awaited, awaited};
use crate::browser::print;
use crate::components::{Button, Card, Glyph, Icon, NextStep, NextSteps, TransferDetails};
use crate::i18n::{self, fill, key, t};

/// What happens next, in order; nothing once it is settled. What the customer has to do can be
/// printed, since it is done elsewhere.
pub fn what_is_next(detail: &PaymentDetail) -> Option<AnyView> {
    let awaited = awaited(detail).filter(|_| detail.payment.kind == PaymentKind::Payment)?;
    let steps = match awaited {
        Awaited::Transfer => vec![send(detail), arrives(detail, true), balance(detail)],
        Awaited::Money => vec![
            nothing_to_do(detail),
            arrives(detail, false),
            balance(detail),
        ],
        Awaited::Review => vec![review(detail), balance(detail)],
    };
    let to_print = detail.instructions.is_some().then(|| {
        view! {
            <div class="card__body keep">
                <Button on_press=Callback::new(|()| print::page_as_it_is())>
                    <Icon glyph=Glyph::Print />
                    {t(key::payments::PRINT_THESE_STEPS)}
                </Button>
            </div>
        }
    });
    Some(
        view! {
            <Card title=t(key::payments::NEXT) id="next">
                <div class="card__body">
                    <NextSteps steps=steps />
                </div>
                {to_print}
            </Card>
        }
        .into_any(),
    )
}

fn amount(detail: &PaymentDetail) -> String {
    i18n::money(&detail.payment.total)
}

fn send(detail: &PaymentDetail) -> NextStep {
    let title = fill(key::payments::NEXT_SEND, [("amount", &amount(detail))]);
    let details = detail.instructions.clone();
    NextStep::new(title)
        .saying(t(key::payments::NEXT_SEND_BODY))
        .with(details.map(|transfer| view! { <TransferDetails transfer=transfer /> }))
}

fn nothing_to_do(detail: &PaymentDetail) -> NextStep {
    let body = fill(
        key::payments::NEXT_NOTHING_BODY,
        [("amount", &amount(detail)), ("portal", &detail.seller.name)],
    );
    NextStep::new(t(key::payments::NEXT_NOTHING)).saying(body)
}

fn review(detail: &PaymentDetail) -> NextStep {
    let title = fill(
        key::payments::NEXT_REVIEW,
        [("portal", &detail.seller.name)],
    );
    NextStep::new(title).saying(t(key::payments::NEXT_REVIEW_BODY))
}

/// When the money is there, by the day that the way to pay takes as a rule.
fn arrives(detail: &PaymentDetail, transfer: bool) -> NextStep {
    let portal = detail.seller.name.as_str();
    let day = detail.expected_on.as_ref().map(i18n::day_in_full);
    let title = match (&day, transfer) {
        (Some(day), true) => fill(
            key::payments::NEXT_EXPECTED_TRANSFER,
            [("portal", portal), ("day", day)],
        ),
        (Some(day), false) => fill(key::payments::NEXT_EXPECTED, [("day", day)]),
        (None, true) => fill(key::payments::NEXT_TRANSFER, [("portal", portal)]),
        (None, false) => t(key::payments::NEXT_MONEY),
    };
    let body = if transfer {
        fill(key::payments::NEXT_TRANSFER_BODY, [("portal", portal)])
    } else {
        t(key::payments::NEXT_MONEY_BODY)
    };
    NextStep::new(title).saying(body)
}

fn balance(detail: &PaymentDetail) -> NextStep {
    let step =
        NextStep::new(t(key::payments::NEXT_BALANCE)).saying(t(key::payments::NEXT_BALANCE_BODY));
    let locks = detail.checkout.is_some();
    step.with(locks.then(|| {
        view! { <p class="next_steps__body">{t(key::payments::NEXT_LOCKED)}</p> }
    }))
}
