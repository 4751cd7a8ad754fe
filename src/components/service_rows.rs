//! The customer's services at a glance.

use api_types::ServiceOverview;
use leptos::prelude::*;

use super::invoice_row::Rows;
use crate::i18n::{self, fill, key, plural, t};

/// Each service with how long it has been used, and its events.
#[component]
pub fn ServiceRows(
    /// The services.
    services: Vec<ServiceOverview>,
    /// Where the account history of a service is.
    href: fn(&str) -> String,
) -> impl IntoView {
    let row = move |service| row(service, href);
    view! {
        <Rows name=t(key::home::SERVICES)>{services.into_iter().map(row).collect_view()}</Rows>
    }
}

fn row(service: ServiceOverview, href: fn(&str) -> String) -> impl IntoView {
    let history = href(&service.service);
    let of_service = format!(": {}", service.service);
    let since = service.since.as_ref().and_then(i18n::day_of);
    let since = since.map(|day| fill(key::home::SINCE, [("day", &i18n::day(&day))]));
    let next = service.next_at.as_ref().map(|at| {
        let when = i18n::instant_with_zone(at);
        fill(key::home::NEXT_AT, [("when", &when)])
    });
    let counts = [
        plural(key::home::ATTENDED, service.attended, []),
        plural(key::home::UPCOMING, service.upcoming, []),
    ];
    let facts = counts.into_iter().chain(since).collect::<Vec<_>>();
    view! {
        <li class="rows__item service_row">
            <p class="service_row__name">{service.service}</p>
            <p class="service_row__note">{facts.join(" · ")}</p>
            {next.map(|next| view! { <p class="service_row__note">{next}</p> })}
            <a class="service_row__link" href=history>
                {t(key::home::SERVICE_HISTORY)}
                <span class="visually-hidden">{of_service}</span>
            </a>
        </li>
    }
}
