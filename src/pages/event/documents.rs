//! Documents and referrals: the provider keeps them elsewhere.

use api_types::{Event, EventLink};
use leptos::prelude::*;

use crate::components::{Card, Glyph, Icon, Rows, StatusBadge};
use crate::i18n::{Badge, key, t};
use crate::state::Loaded;

/// What belongs to the event; nothing where there is nothing.
#[component]
pub(super) fn Documents(event: Loaded<Event>) -> impl IntoView {
    let documents = Memo::new(move |_| event.of(|event| in_order(&event.documents)));
    let referrals = Memo::new(move |_| event.of(|event| in_order(&event.referrals)));
    let list = |title, id: &'static str, links: Option<Vec<EventLink>>| {
        let links = links.unwrap_or_default();
        (!links.is_empty()).then(|| {
            view! {
                <Card title=t(title) id=id>
                    <Rows name=t(title)>{links.into_iter().map(one).collect_view()}</Rows>
                </Card>
            }
        })
    };
    view! {
        {move || list(key::event::DOCUMENTS, "event-documents", documents.get())}
        {move || list(key::event::REFERRALS, "event-referrals", referrals.get())}
    }
}

/// What the customer is to fill in stands first.
fn in_order(links: &[EventLink]) -> Vec<EventLink> {
    let mut links = links.to_vec();
    links.sort_by_key(|link| link.to_complete != Some(true));
    links
}

fn one(link: EventLink) -> impl IntoView {
    let badge = link.to_complete.map(|open| {
        if open {
            Badge {
                status: "pending",
                word: t(key::event::TO_COMPLETE),
            }
        } else {
            Badge {
                status: "completed",
                word: t(key::event::COMPLETED),
            }
        }
    });
    view! {
        <li class="rows__item">
            <a class="portal_links__link" href=link.url target="_blank" rel="noreferrer">
                <span class="portal_links__words">
                    <span class="portal_links__title">{link.title}</span>
                    <span class="visually-hidden">" "{t(key::common::NEW_WINDOW)}</span>
                    " "
                    {badge.map(|badge| view! { <StatusBadge badge=badge /> })}
                </span>
                <Icon glyph=Glyph::Window />
            </a>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_to_be_filled_in_stands_first_and_the_rest_keeps_its_order() {
        let link = |title: &str, to_complete| EventLink {
            title: title.to_owned(),
            url: "https://example.com/".to_owned(),
            to_complete,
        };
        let links = [
            link("a", None),
            link("b", Some(false)),
            link("c", Some(true)),
            link("d", None),
            link("e", Some(true)),
        ];
        let order: String = in_order(&links)
            .into_iter()
            .map(|link| link.title)
            .collect();
        assert_eq!(order, "ceabd");
    }
}
