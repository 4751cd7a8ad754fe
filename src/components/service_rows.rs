//! The customer's services at a glance.

use api_types::ServiceOverview;
use leptos::prelude::*;

use super::invoice_row::Rows;
use crate::i18n::{self, fill, key, plural, t};

/// A way on from a service.
pub struct ServiceLink {
    /// Its words.
    pub label: String,
    /// Where it leads.
    pub href: String,
}

/// Each service with how long it has been used, and its events.
#[component]
pub fn ServiceRows<L>(
    /// The services.
    services: Vec<ServiceOverview>,
    /// The ways on from a service, by its name.
    links: L,
) -> impl IntoView
where
    L: Fn(&str) -> Vec<ServiceLink>,
{
    let rows = services.into_iter().map(|service| {
        let links = links(&service.service);
        row(service, links)
    });
    let rows = rows.collect_view();
    view! {
        <Rows name=t(key::home::SERVICES)>{rows}</Rows>
    }
}

fn row(service: ServiceOverview, links: Vec<ServiceLink>) -> impl IntoView {
    let of_service = format!(": {}", service.service);
    let since = service
        .since
        .as_ref()
        .and_then(|at| i18n::event_begins_on(at, service.since_all_day.as_ref()));
    let since = since.map(|day| fill(key::home::SINCE, [("day", &i18n::day(&day))]));
    let next = service.next_at.as_ref().map(|at| {
        let when = i18n::event_begins(at, service.next_all_day.as_ref());
        fill(key::home::NEXT_AT, [("when", &when)])
    });
    let counts = [
        plural(key::home::ATTENDED, service.attended, []),
        plural(key::home::UPCOMING, service.upcoming, []),
    ];
    let links = links.into_iter().map(|link| {
        view! {
            <a class="service_row__link" href=link.href>
                {link.label}
                <span class="visually-hidden">{of_service.clone()}</span>
            </a>
        }
    });
    let links = links.collect_view();
    let facts = counts.into_iter().chain(since).collect::<Vec<_>>();
    view! {
        <li class="rows__item service_row">
            <p class="service_row__name">{service.service}</p>
            <p class="service_row__note">{i18n::join(&facts, " · ")}</p>
            {next.map(|next| view! { <p class="service_row__note">{next}</p> })}
            <div class="service_row__links">{links}</div>
        </li>
    }
}
