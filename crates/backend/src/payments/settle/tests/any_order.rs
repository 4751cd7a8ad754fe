//! What holds in every order of answers.

use proptest::prelude::*;

use super::*;

fn answers() -> impl Strategy<Value = Vec<ProviderState>> {
    prop::collection::vec(prop::sample::select(every_answer()), 0..8)
}

proptest! {
    #[test]
    fn whatever_comes_in_whatever_order_paid_is_the_end_and_needs_the_money(
        said in answers(),
    ) {
        let mut now = known(CheckoutStatus::Created);
        let mut settled = 0;
        for answer in &said {
            let decision = decide(&now, answer);
            let next = after(now, &decision);
            if now.status == CheckoutStatus::Paid {
                prop_assert_eq!(next, now);
            }
            if matches!(decision, Decision::Settle(_)) {
                settled += 1;
                prop_assert!(covers(answer, now.total));
            }
            // The same answer again says nothing new.
            prop_assert_eq!(decide(&next, answer), Decision::Keep);
            now = next;
        }
        let full = said.iter().any(|answer| covers(answer, now.total));
        prop_assert_eq!(settled, usize::from(full));
        prop_assert_eq!(now.status == CheckoutStatus::Paid, full);
    }

    #[test]
    fn only_money_moves_a_checkout_that_is_over(
        said in answers(),
        over in prop::sample::select(vec![
            CheckoutStatus::Failed, CheckoutStatus::Cancelled, CheckoutStatus::Expired,
        ]),
    ) {
        let mut now = known(over);
        for answer in &said {
            let next = after(now, &decide(&now, answer));
            if next.status != now.status {
                let is_money = matches!(
                    answer,
                    ProviderState::Paid(_) | ProviderState::TooLarge(_)
                );
                prop_assert!(is_money, "{:?}", answer);
            }
            now = next;
        }
    }

    #[test]
    fn a_payment_once_shown_is_never_taken_back(said in answers()) {
        let mut now = known(CheckoutStatus::Created);
        for answer in &said {
            let next = after(now, &decide(&now, answer));
            prop_assert!(next.payment.is_some() || now.payment.is_none());
            now = next;
        }
    }
}
