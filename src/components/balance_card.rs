//! The figure that matters, in one currency: what is owed, or the credit.

use api_types::{Currency, CurrencyBalance, Figure, Money, Timestamp};
use leptos::prelude::*;

use super::amount::Amount;
use super::as_of::{AsOf, Freshness};
use crate::i18n::{figure_words, fill, key, t};

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
    /// Where a figure opens into the entries that make it up.
    href: Callback<(Figure, Currency), String>,
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
    let part = move |of: Figure, figure: Signal<Money>| {
        view! {
            <div
                class="balance_card__part"
                data-part=of.as_str()
                data-empty=move || figure.with(Money::is_zero).then_some("")
            >
                <dt>{figure_words(of)}</dt>
                <dd>{opening(of, figure, href)}</dd>
            </div>
        }
    };
    let code = Memo::new(move |_| balance.with(|balance| balance.currency.code().to_owned()));
    let held = of(|balance| balance.held);
    let any_held = Memo::new(move |_| held.with(Money::is_positive));
    let main = move || {
        let of = if in_credit.get() {
            Figure::Credit
        } else {
            Figure::Owed
        };
        opening(of, figure, href)
    };
    view! {
        <section
            class="card balance_card"
            id=format!("balance-{}", code.get_untracked().to_ascii_lowercase())
            data-currency=code
        >
            <div class="balance_card__main">
                <h2 class="balance_card__label">{heading}</h2>
                <p class="balance_card__figure">{main}</p>
                <AsOf at=as_of freshness=freshness />
            </div>
            <dl class="balance_card__parts">
                {part(Figure::Overdue, of(|balance| balance.overdue))}
                {part(Figure::OnItsWay, of(|balance| balance.on_its_way))}
                {part(Figure::Credit, of(|balance| balance.credit))}
                {move || any_held.get().then(|| part(Figure::Held, held))}
            </dl>
            <div class="balance_card__actions">{children()}</div>
        </section>
    }
}

/// The id of the link on a figure, where the keyboard comes back to.
pub fn figure_link_id(figure: Figure, currency: Currency) -> String {
    let code = currency.code().to_ascii_lowercase();
    format!("figure-{}-{code}", figure.as_str())
}

/// A figure with a link to the entries that make it up. A figure of zero has no entries and so no
/// link.
fn opening(
    of: Figure,
    figure: Signal<Money>,
    href: Callback<(Figure, Currency), String>,
) -> impl IntoView {
    let currency = Memo::new(move |_| figure.with(Money::currency));
    let any = Memo::new(move |_| !figure.with(Money::is_zero));
    let words = fill(key::account::FIGURE_OPENS, [("figure", &figure_words(of))]);
    move || {
        if !any.get() {
            return view! { <Amount money=figure /> }.into_any();
        }
        let currency = currency.get();
        view! {
            <a
                class="balance_card__open"
                id=figure_link_id(of, currency)
                href=href.run((of, currency))
                data-noscroll=""
            >
                <Amount money=figure />
                <span class="visually-hidden">" "{words.clone()}</span>
            </a>
        }
        .into_any()
    }
}
