//! `Pay another way`: the same payment by another method, chosen within its panel.

use api_types::{Checkout, CheckoutFor, Money, PaymentMethod};
use leptos::prelude::*;

use super::pay::terms;
use super::pay_via::{PayVia, Via, methods_in};
use super::payment_offer::{Offer, offer};
use crate::checkout::MethodChange;
use crate::components::{Button, PayButton, PayNotice};
use crate::i18n::{fill, key, plural, t};
use crate::state::{Run, use_portal};

/// The choice, what it comes to, and the button that makes the change.
#[component]
pub fn AnotherWay(
    /// The checkout.
    run: Run,
    /// It has been chosen, or it stays as it is.
    on_end: Callback<()>,
) -> impl IntoView {
    let portal = use_portal();
    let id = button_of(run.number);
    let machine = run.driver.machine();
    let checkout = Memo::new(move |_| machine.with(|machine| machine.checkout.clone()));
    let amount = Memo::new(move |_| checkout.with(|checkout| amount_of(checkout.as_ref()?)));
    let methods = Memo::new(move |_| {
        let currency = amount.get().map(|amount| amount.currency());
        methods_in(portal, currency)
    });
    let used = checkout.with_untracked(|checkout| checkout.as_ref().map(|of| of.method.clone()));
    let other = methods.with_untracked(|methods| {
        let mut others = methods
            .iter()
            .filter(|method| Some(&method.id) != used.as_ref());
        others.next().map(|method| method.id.clone())
    });
    let via = Via::new(other);
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
    let press = move |()| {
        if let Some(offer) = ready.get_untracked() {
            driver.change(change(offer));
            on_end.run(());
        }
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
                    <Button on_press=on_end>{t(key::checkout::ANOTHER_KEEP)}</Button>
                </div>
                <div class="another_way__terms">
                    {move || {
                        shown.get().map(|terms| view! { <PayNotice terms=Signal::stored(terms) /> })
                    }}
                    <p class="another_way__words">{t(key::checkout::ANOTHER_FIRST)}</p>
                </div>
            </div>
        </div>
    }
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
