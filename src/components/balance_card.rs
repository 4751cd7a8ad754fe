//! The figure that matters, in one currency: what is owed, or the credit.

use api_types::{CurrencyBalance, Money, Timestamp};
use leptos::prelude::*;

use super::amount::Amount;
use super::as_of::{AsOf, Freshness};
use crate::i18n::{key, t};

/// What is owed in one currency, what of it is late, what is on its way and what
/// is in credit. The pay button and what belongs to it are its children.
#[component]
pub fn BalanceCard(
    /// The figures.
    #[prop(into)]
    balance: Signal<CurrencyBalance>,
    /// When the server reckoned them.
    #[prop(into)]
    as_of: Signal<Timestamp>,
    /// How fresh they are.
    #[prop(into)]
    freshness: Signal<Freshness>,
    /// What can be done.
    children: Children,
) -> impl IntoView {
    let of =
        move |figure: fn(&CurrencyBalance) -> Money| Signal::derive(move || balance.with(figure));
    let in_credit = Memo::new(move |_| {
        balance.with(|balance| balance.owed.is_zero() && balance.credit.is_positive())
    });
    let heading = move || {
        t(if in_credit.get() {
            key::account::IN_CREDIT
        } else {
            key::account::YOU_OWE
        })
    };
    let figure = Signal::derive(move || {
        balance.with(|balance| {
            if in_credit.get() {
                balance.credit
            } else {
                balance.owed
            }
        })
    });
    let part = move |name: &'static str, label, figure: Signal<Money>| {
        view! {
            <div
                class="balance_card__part"
                data-part=name
                data-empty=move || figure.with(Money::is_zero).then_some("")
            >
                <dt>{t(label)}</dt>
                <dd>
                    <Amount money=figure />
                </dd>
            </div>
        }
    };
    view! {
        <section class="card balance_card" data-currency=move || {
            balance.with(|balance| balance.currency.code().to_owned())
        }>
            <div class="balance_card__main">
                <h2 class="balance_card__label">{heading}</h2>
                <p class="balance_card__figure">
                    <Amount money=figure />
                </p>
                <AsOf at=as_of freshness=freshness />
            </div>
            <dl class="balance_card__parts">
                {part("overdue", key::account::OVERDUE, of(|balance| balance.overdue))}
                {part("on_its_way", key::account::ON_ITS_WAY, of(|balance| balance.on_its_way))}
                {part("credit", key::account::CREDIT, of(|balance| balance.credit))}
            </dl>
            <div class="balance_card__actions">{children()}</div>
        </section>
    }
}
