//! What is paid, to whom, how and what it costs, and where the window goes:
//! said beside the pay button, before anyone leaves the portal.

use api_types::Money;
use leptos::prelude::*;

use super::amount::Amount;
use super::icon::{Glyph, Icon};
use crate::i18n::{fill, key, t};

/// The terms of a payment that can be started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayTerms {
    /// What is paid, as in `Invoice INV-2041`.
    pub what: String,
    /// The provider's name.
    pub to: String,
    /// How, as in `Card`; see [`crate::i18n::method_words`].
    pub how: String,
    /// The drawing beside it; see [`Glyph::of_method`].
    pub mark: Glyph,
    /// The host that the window goes to; empty where none opens.
    pub host: String,
    /// What is paid for comes to this.
    pub amount: Money,
    /// What the way to pay costs beyond it.
    pub surcharge: Money,
    /// What it costs in all.
    pub total: Money,
}

/// The terms, as a short list and a sentence.
#[component]
pub fn PayNotice(
    /// The terms.
    #[prop(into)]
    terms: Signal<PayTerms>,
    /// Its id, so that the pay button can be described by it.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    let row = |label: String, value: AnyView| {
        view! {
            <div class="pay_notice__row">
                <dt>{label}</dt>
                <dd>{value}</dd>
            </div>
        }
    };
    let figure = move |read: fn(&PayTerms) -> Money| {
        view! { <Amount money=Signal::derive(move || terms.with(read)) /> }.into_any()
    };
    let costs = move || {
        let charged = terms.with(|terms| !terms.surcharge.is_zero());
        charged.then(|| {
            view! {
                {row(t(key::checkout::AMOUNT), figure(|terms| terms.amount))}
                {row(t(key::checkout::SURCHARGE), figure(|terms| terms.surcharge))}
            }
        })
    };
    view! {
        <div class="pay_notice" id=id>
            <dl class="pay_notice__terms">
                {row(
                    t(key::checkout::NOTICE_WHAT),
                    (move || terms.with(|terms| terms.what.clone())).into_any(),
                )}
                {row(
                    t(key::checkout::NOTICE_TO),
                    (move || terms.with(|terms| terms.to.clone())).into_any(),
                )}
                {row(
                    t(key::checkout::NOTICE_HOW),
                    (move || {
                        let (mark, how) = terms.with(|terms| (terms.mark, terms.how.clone()));
                        view! {
                            <Icon glyph=mark />
                            {how}
                        }
                            .into_any()
                    })
                        .into_any(),
                )}
                {costs}
                {row(t(key::checkout::NOTICE_TOTAL), figure(|terms| terms.total))}
            </dl>
            <p class="pay_notice__where">
                <Icon glyph=Glyph::Lock />
                <span>
                    {move || {
                        terms
                            .with(|terms| {
                                if terms.host.is_empty() {
                                    fill(key::checkout::NOTICE_TRANSFER, [("portal", &terms.to)])
                                } else {
                                    fill(key::checkout::NOTICE_WHERE, [("host", &terms.host)])
                                }
                            })
                    }}
                </span>
            </p>
        </div>
    }
}
