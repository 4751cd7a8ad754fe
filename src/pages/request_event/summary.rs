//! What is asked for and what comes of it, before the button.

use api_types::{OfferedTime, ServiceOffer};
use leptos::prelude::*;

use super::terms::{free_cancel, free_cancel_words, outcome_words};
use crate::components::{Amount, Detail, Details};
use crate::i18n::{self, key, t};
use crate::parts::TimeSearch;
use crate::state::use_portal;

/// When, with whom, where, what it costs, what happens, and until when cancelling is free.
#[component]
pub(super) fn Summary(
    /// What is asked for.
    offer: Memo<Option<ServiceOffer>>,
    /// The search for its time.
    search: TimeSearch,
) -> impl IntoView {
    let portal = use_portal();
    let name = Memo::new(move |_| portal.of(|portal| portal.name.clone()));
    let time = Memo::new(move |_| search.picked());
    let facts = move || {
        let offer = offer.get()?;
        let mut facts = time.with(|time| of_time(time.as_ref()));
        facts.extend(of_offer(&offer, time.get().as_ref(), &name.get()));
        Some(view! { <Details facts=facts /> })
    };
    let outcome = move || {
        let words = offer.get().map(|offer| outcome_words(&offer, &name.get()));
        words.map(|words| view! { <p class="booking__outcome">{words}</p> })
    };
    view! {
        <section class="booking__summary" aria-labelledby="request-summary">
            <h3 class="booking__heading" id="request-summary">
                {t(key::booking::SUMMARY)}
            </h3>
            {facts}
            {outcome}
        </section>
    }
}

fn of_time(time: Option<&OfferedTime>) -> Vec<Detail> {
    let Some(time) = time else {
        let words = t(key::booking::NO_TIME_YET);
        return vec![Detail::new(t(key::booking::WHEN), words)];
    };
    let there = i18n::offered_there(time)
        .map(|there| view! { <span class="booking__there">{there}</span> });
    let when = view! {
        <time datetime=time.starts_at.to_string()>{i18n::offered_when(time)}</time>
        {there}
    };
    let place = time.location.clone();
    vec![
        Detail::new(t(key::booking::WHEN), when),
        Detail::new(t(key::booking::WITH), time.person.clone()),
        Detail::new(
            t(key::booking::WHERE),
            place.unwrap_or_else(|| t(key::calendar::VIDEO)),
        ),
    ]
}

fn of_offer(offer: &ServiceOffer, time: Option<&OfferedTime>, portal: &str) -> Vec<Detail> {
    let cost = match offer.fee {
        Some(fee) => view! { <Amount money=fee /> }.into_any(),
        None => t(key::booking::NO_COST).into_any(),
    };
    let mut facts = vec![Detail::new(t(key::booking::COST), cost)];
    if let Some(deposit) = offer.deposit {
        let amount = view! { <Amount money=deposit /> };
        facts.push(Detail::new(t(key::booking::DEPOSIT), amount));
    }
    let starts_at = time.map(|time| time.starts_at);
    let free = free_cancel(offer, starts_at, i18n::has_passed);
    facts.push(Detail::new(
        t(key::booking::CANCELLING),
        free_cancel_words(free, portal),
    ));
    facts
}
