//! `Pay another way`: the same payment by another method, chosen within its panel. While it is
//! open the other way takes its place; what has ended is begun anew.

use api_types::{Checkout, CheckoutFor, MethodId, Money, PaymentMethod};
use leptos::prelude::*;

use super::pay::{intent, terms};
use super::pay_via::{PayVia, Via};
use super::payment_offer::{Offer, offer};
use crate::checkout::MethodChange;
use crate::components::{Button, PayButton, PayNotice};
use crate::i18n::{fill, key, plural, t};
use crate::state::{Run, use_checkouts, use_portal};

/// The choice, what it comes to, and the button that makes the change.
#[component]
pub fn AnotherWay(
    /// The checkout.
    run: Run,
    /// It has been chosen, or it stays as it is.
    on_end: Callback<()>,
) -> impl IntoView {
    let (checkouts, portal) = (use_checkouts(), use_portal());
    let id = button_of(run.number);
    let machine = run.driver.machine();
    let known = machine.clone();
    let checkout = Memo::new(move |_| known.with(|machine| machine.checkout.clone()));
    let ended = Memo::new(move |_| machine.with(|machine| machine.phase.is_over()));
    let amount = Memo::new(move |_| checkout.with(|checkout| amount_of(checkout.as_ref()?)));
    let via = Via::new(None);
    let methods = Memo::new(move |_| {
        let amount = amount.get();
        via.methods(portal, amount.map(|amount| amount.currency()), amount)
    });
    let used = checkout.with_untracked(|checkout| checkout.as_ref().map(|of| of.method.clone()));
    let other = methods
        .with_untracked(|methods| other_than(used.as_ref()?, methods, amount.get_untracked()?));
    via.method.set(other);
    let method = Memo::new(move |_| methods.with(|methods| via.of(methods)));
    let offered = Memo::new(move |_| {
        let (amount, option) = (amount.get()?, via.option.get());
        Some(method.with(|method| offer(method.as_ref(), option.as_ref(), amount)))
    });
    let ready = Memo::new(move |_| offered.get().and_then(Result::ok));
    let off_because = move || {
        let refused = offered.get()?.err()?;
        portal.of(|portal| Some(method.with(|method| refused.words(method.as_ref(), &portal.name))))
    };
    let shown = Memo::new(move |_| {
        let what = checkout.with(|checkout| checkout.as_ref().map(what_words));
        Some(terms(portal, ready.get()?, what.unwrap_or_default()))
    });
    let total = move || ready.with(|ready| ready.as_ref().map(|offer| offer.total));
    let driver = run.driver;
    let button_id = id.clone();
    let press = move |()| {
        let Some(offer) = ready.get_untracked() else {
            return;
        };
        let pays_for =
            checkout.with_untracked(|checkout| Some(checkout.as_ref()?.pays_for.clone()));
        match pays_for.filter(|_| ended.get_untracked()) {
            // Its panel goes, and this with it: the new one stands in for the button.
            Some(pays_for) => checkouts.start(intent(offer, pays_for, &button_id)),
            None => {
                driver.change(change(offer));
                on_end.run(());
            }
        }
    };
    let keep = move || {
        (!ended.get()).then(|| {
            view! { <Button on_press=on_end>{t(key::checkout::ANOTHER_KEEP)}</Button> }
        })
    };
    let closed_first = move || {
        (!ended.get()).then(|| {
            view! { <p class="another_way__words">{t(key::checkout::ANOTHER_FIRST)}</p> }
        })
    };
    view! {
        <div class="another_way">
            <p class="another_way__words">{t(key::checkout::ANOTHER_OTHER)}</p>
            <div class="pay">
                <div class="pay__act">
                    <PayVia via=via methods=methods id=id.clone() always=true />
                    <PayButton
                        label=t(key::checkout::ANOTHER_GO)
                        amount=Signal::derive(total)
                        id=id
                        off_because=Signal::derive(off_because)
                        on_press=Callback::new(press)
                    />
                    {keep}
                </div>
                <div class="another_way__terms">
                    {move || {
                        shown.get().map(|terms| view! { <PayNotice terms=Signal::stored(terms) /> })
                    }}
                    {closed_first}
                </div>
            </div>
        </div>
    }
}

/// Another method than the one that was used: the first that takes the amount, else the first.
fn other_than(used: &MethodId, methods: &[PaymentMethod], amount: Money) -> Option<MethodId> {
    let mut others = methods.iter().filter(|method| method.id != *used);
    let first = others.clone().next();
    let fits = others.find(|method| method.total_for(amount).is_ok());
    fits.or(first).map(|method| method.id.clone())
}

/// The id of the button that makes the change, by the number of the checkout.
pub(super) fn button_of(number: u32) -> String {
    format!("another-way-{number}")
}

/// What is paid for, without what the way to pay costs.
fn amount_of(checkout: &Checkout) -> Option<Money> {
    checkout.total.checked_sub(checkout.surcharge).ok()
}

fn change(offer: Offer) -> MethodChange {
    let PaymentMethod { id, .. } = &offer.method;
    MethodChange {
        method: id.clone(),
        option: offer.option,
        displayed_total: offer.total,
        window: offer.method.has_page(),
        although_open: false,
    }
}

/// What is paid for, in the words of the terms.
fn what_words(checkout: &Checkout) -> String {
    let number = checkout
        .items
        .first()
        .and_then(|item| item.number.as_deref());
    match (&checkout.pays_for, number) {
        (CheckoutFor::Invoice { .. } | CheckoutFor::Part { .. }, Some(number)) => {
            fill(key::checkout::NOTICE_WHAT_INVOICE, [("number", number)])
        }
        (CheckoutFor::Event { .. }, Some(title)) => title.to_owned(),
        (CheckoutFor::Balance { currency }, _) => fill(
            key::checkout::NOTICE_WHAT_BALANCE,
            [("currency", currency.code())],
        ),
        (CheckoutFor::Invoices { invoices }, _) => {
            let count = u32::try_from(invoices.len()).unwrap_or(u32::MAX);
            plural(key::checkout::NOTICE_WHAT_INVOICES, count, [])
        }
        _ => t(key::checkout::NOTICE_WHAT_ACCOUNT),
    }
}

#[cfg(test)]
mod tests {
    use api_types::{Currency, MethodKind, MethodTerms};

    use super::*;

    fn euro(minor: i64) -> Money {
        Money::from_minor(minor, Currency::parse("EUR").unwrap())
    }

    fn id(id: &str) -> MethodId {
        MethodId::parse(id).unwrap()
    }

    fn method(name: &str, least: i64) -> PaymentMethod {
        let currency = euro(0).currency();
        PaymentMethod {
            id: id(name),
            kind: MethodKind::Card,
            label: None,
            currencies: vec![currency],
            terms: vec![MethodTerms {
                minimum: Some(euro(least)),
                maximum: None,
                surcharge: None,
                step: None,
                currency,
            }],
            surcharge_percent: None,
            options: vec![],
            instructions: vec![],
            settles_days: None,
            pay_host: String::new(),
        }
    }

    #[test]
    fn the_method_that_failed_is_not_the_one_that_is_offered_next() {
        let methods = [
            method("card", 0),
            method("debit", 1000),
            method("wallet", 0),
        ];
        for (used, amount, offered) in [
            ("card", euro(1000), Some("debit")),
            ("card", euro(999), Some("wallet")),
            ("wallet", euro(999), Some("card")),
            ("cheque", euro(999), Some("card")),
        ] {
            assert_eq!(
                other_than(&id(used), &methods, amount),
                offered.map(id),
                "{used} {amount:?}"
            );
        }
        let debit = method("debit", 1000);
        assert_eq!(
            other_than(&id("card"), &[debit], euro(1)),
            Some(id("debit")),
            "why it does not take the amount is said"
        );
        assert_eq!(other_than(&id("card"), &methods[..1], euro(1)), None);
    }
}
