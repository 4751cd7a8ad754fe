//! Every row of the table.

mod any_order;

use super::*;
use api_types::Currency;

fn money(minor: i64, code: &str) -> Money {
    Money::from_minor(minor, Currency::parse(code).unwrap())
}

fn received(minor: i64, code: &str) -> Received {
    Received {
        payment_id: "sp_1".to_owned(),
        amount: money(minor, code),
    }
}

fn end(how: Ended, tried: bool, failure: Option<FailureCode>) -> ProviderState {
    ProviderState::Ended(Ending {
        how,
        tried,
        failure,
    })
}

fn known(status: CheckoutStatus) -> Known {
    Known {
        status,
        is_superseded: false,
        total: money(4500, "EUR"),
        payment: None,
        other_money: false,
        too_large: false,
    }
}

fn too_large(amount: Option<Money>) -> TooLarge {
    TooLarge {
        payment_id: "sp_1".to_owned(),
        amount,
    }
}

/// What is known once a decision has been carried out.
fn after(known: Known, decision: &Decision) -> Known {
    let booked = |status, total| Some(Booked { status, total });
    let payment = match decision {
        Decision::Confirm(Some(money)) | Decision::Review(Some(money)) => {
            booked(PaymentStatus::Pending, money.amount)
        }
        Decision::Settle(money) => booked(PaymentStatus::Completed, money.amount),
        Decision::End { .. } if known.payment.is_some() => {
            booked(PaymentStatus::Cancelled, known.total)
        }
        Decision::End { tried: true, .. } => booked(PaymentStatus::Cancelled, known.total),
        _ => known.payment,
    };
    Known {
        status: decision.status().unwrap_or(known.status),
        payment,
        too_large: known.too_large || matches!(decision, Decision::TooLarge(_)),
        ..known
    }
}

fn every_answer() -> Vec<ProviderState> {
    let declined = Some(FailureCode::CardDeclined);
    vec![
        ProviderState::Open,
        ProviderState::Processing(None),
        ProviderState::Processing(Some(received(4500, "EUR"))),
        ProviderState::Paid(received(4500, "EUR")),
        ProviderState::Paid(received(4600, "EUR")),
        ProviderState::Paid(received(4499, "EUR")),
        ProviderState::Paid(received(0, "EUR")),
        ProviderState::Paid(received(4500, "USD")),
        end(Ended::Failed, true, declined),
        end(Ended::Failed, false, None),
        end(Ended::Cancelled, false, None),
        end(Ended::Cancelled, true, declined),
        end(Ended::Expired, false, None),
        end(Ended::Expired, true, declined),
        ProviderState::Unreadable,
        ProviderState::TooLarge(too_large(None)),
        ProviderState::TooLarge(too_large(Some(money(i64::MAX, "EUR")))),
    ]
}

#[test]
fn each_answer_means_one_thing_in_each_state() {
    use CheckoutStatus::{
        Cancelled, Confirming, Created, Expired, Failed, NeedsReview, Open, Paid,
    };
    let full = || received(4500, "EUR");
    let short = || received(4499, "EUR");
    let over = |status, failure, tried| Decision::End {
        status,
        failure,
        tried,
    };
    let declined = Some(FailureCode::CardDeclined);
    let rows: Vec<(&[CheckoutStatus], ProviderState, Decision)> = vec![
        (&[Created], ProviderState::Open, Decision::Open),
        (
            &[
                Open,
                Confirming,
                Failed,
                Cancelled,
                Expired,
                NeedsReview,
                Paid,
            ],
            ProviderState::Open,
            Decision::Keep,
        ),
        (
            &[Created, Open],
            ProviderState::Processing(None),
            Decision::Confirm(None),
        ),
        (
            &[Created, Open, Confirming],
            ProviderState::Processing(Some(full())),
            Decision::Confirm(Some(full())),
        ),
        (
            &[Failed, Cancelled, Expired, NeedsReview, Paid],
            ProviderState::Processing(Some(full())),
            Decision::Keep,
        ),
        (
            &[
                Created,
                Open,
                Confirming,
                Failed,
                Cancelled,
                Expired,
                NeedsReview,
            ],
            ProviderState::Paid(full()),
            Decision::Settle(full()),
        ),
        (
            &[
                Created,
                Open,
                Confirming,
                Failed,
                Cancelled,
                Expired,
                NeedsReview,
            ],
            ProviderState::Paid(received(9900, "EUR")),
            Decision::Settle(received(9900, "EUR")),
        ),
        (
            &[
                Created,
                Open,
                Confirming,
                Failed,
                Cancelled,
                Expired,
                NeedsReview,
            ],
            ProviderState::Paid(short()),
            Decision::Review(Some(short())),
        ),
        (
            &[Open, Confirming, Failed],
            ProviderState::Paid(received(4500, "USD")),
            Decision::Review(Some(received(4500, "USD"))),
        ),
        (
            &[Created, Open, Confirming],
            end(Ended::Failed, true, declined),
            over(Failed, declined, true),
        ),
        (
            &[Open],
            end(Ended::Failed, false, None),
            over(Failed, Some(FailureCode::ProviderError), false),
        ),
        (
            &[Open, NeedsReview],
            end(Ended::Cancelled, false, None),
            over(Cancelled, None, false),
        ),
        (
            &[Open, Confirming],
            end(Ended::Expired, false, None),
            over(Expired, Some(FailureCode::TimedOut), false),
        ),
        (
            &[Expired],
            end(Ended::Failed, true, declined),
            over(Expired, declined, true),
        ),
        (
            &[Failed, Cancelled, Expired],
            end(Ended::Cancelled, false, None),
            Decision::Keep,
        ),
        (
            &[Created, Open],
            ProviderState::Unreadable,
            Decision::Review(None),
        ),
        (
            &[Confirming, Failed, Paid],
            ProviderState::Unreadable,
            Decision::Keep,
        ),
        (
            &[
                Created,
                Open,
                Confirming,
                Failed,
                Cancelled,
                Expired,
                NeedsReview,
            ],
            ProviderState::TooLarge(too_large(None)),
            Decision::TooLarge(too_large(None)),
        ),
        (
            &[Paid],
            ProviderState::TooLarge(too_large(None)),
            Decision::Keep,
        ),
    ];
    for (states, said, expected) in rows {
        for &status in states {
            assert_eq!(
                decide(&known(status), &said),
                expected,
                "{status:?} {said:?}"
            );
        }
    }
}

#[test]
fn money_that_fell_short_stays_in_review_until_the_rest_comes() {
    let short = ProviderState::Paid(received(4000, "EUR"));
    let review = after(
        known(CheckoutStatus::Open),
        &decide(&known(CheckoutStatus::Open), &short),
    );
    assert_eq!(review.status, CheckoutStatus::NeedsReview);
    assert_eq!(decide(&review, &short), Decision::Keep);
    assert_eq!(
        decide(&review, &end(Ended::Expired, true, None)),
        Decision::Keep
    );
    let rest = ProviderState::Paid(received(4500, "EUR"));
    assert_eq!(
        decide(&review, &rest),
        Decision::Settle(received(4500, "EUR"))
    );
}

#[test]
fn of_an_attempt_that_was_given_up_only_money_counts() {
    for status in CheckoutStatus::ALL {
        let known = Known {
            is_superseded: true,
            ..known(*status)
        };
        for said in every_answer() {
            let expected = match &said {
                _ if *status == CheckoutStatus::Paid => Decision::Keep,
                ProviderState::Paid(money) if covers(&said, known.total) => {
                    Decision::Settle(money.clone())
                }
                ProviderState::Paid(money) if money.amount.is_positive() => {
                    Decision::Review(Some(money.clone()))
                }
                ProviderState::TooLarge(money) => Decision::TooLarge(money.clone()),
                _ => Decision::Keep,
            };
            assert_eq!(decide(&known, &said), expected, "{status:?} {said:?}");
        }
    }
}

#[test]
fn beside_a_checkout_that_is_paid_money_is_booked_once() {
    use PaymentStatus::{Cancelled, Completed, Pending};
    let full = ProviderState::Paid(received(4500, "EUR"));
    let failed = end(Ended::Failed, true, Some(FailureCode::CardDeclined));
    let ProviderState::Ended(ending) = failed else {
        panic!("it has ended");
    };
    let short = ProviderState::Paid(received(4000, "EUR"));
    let total = money(4500, "EUR");
    let of = |status, minor| {
        Some(Booked {
            status,
            total: money(minor, "EUR"),
        })
    };
    let (book, book_short) = (received(4500, "EUR"), received(4000, "EUR"));
    for (payment, said, expected) in [
        (None, &full, Beside::Book(book.clone())),
        (None, &short, Beside::Book(book_short)),
        (of(Pending, 4500), &full, Beside::Book(book.clone())),
        (of(Pending, 4000), &full, Beside::Book(book.clone())),
        (of(Pending, 4000), &short, Beside::Keep),
        (of(Cancelled, 4500), &full, Beside::Book(book)),
        (of(Completed, 4500), &full, Beside::Keep),
        (of(Completed, 4500), &short, Beside::Keep),
        (None, &ProviderState::Paid(received(0, "EUR")), Beside::Keep),
        (of(Pending, 4500), &failed, Beside::Withdraw(ending)),
        (of(Completed, 4500), &failed, Beside::Keep),
        (None, &failed, Beside::Keep),
        (None, &ProviderState::Open, Beside::Keep),
        (of(Pending, 4500), &ProviderState::Unreadable, Beside::Keep),
        (
            of(Completed, 4500),
            &ProviderState::TooLarge(too_large(None)),
            Beside::TooLarge(too_large(None)),
        ),
    ] {
        assert_eq!(
            beside(payment, total, said),
            expected,
            "{payment:?} {said:?}"
        );
    }
}

#[test]
fn money_that_is_too_large_stays_in_review_until_money_comes_that_is_not() {
    let open = known(CheckoutStatus::Open);
    let said = ProviderState::TooLarge(too_large(Some(money(i64::MAX, "EUR"))));
    let review = after(open, &decide(&open, &said));
    assert_eq!(review.status, CheckoutStatus::NeedsReview);
    assert_eq!((review.payment, review.too_large), (None, true));
    let ended = end(Ended::Expired, true, None);
    for again in [&said, &ended, &ProviderState::Open] {
        assert_eq!(decide(&review, again), Decision::Keep, "{again:?}");
    }
    let right = ProviderState::Paid(received(4500, "EUR"));
    let settled = Decision::Settle(received(4500, "EUR"));
    assert_eq!(decide(&review, &right), settled);
}

#[test]
fn money_of_another_attempt_stays_in_review_when_this_one_ends() {
    let known = Known {
        other_money: true,
        ..known(CheckoutStatus::NeedsReview)
    };
    let ended = end(Ended::Cancelled, false, None);
    assert_eq!(decide(&known, &ended), Decision::Keep);
}

fn covers(said: &ProviderState, total: Money) -> bool {
    matches!(said, ProviderState::Paid(money)
        if money.amount.currency() == total.currency() && money.amount.minor() >= total.minor())
}
