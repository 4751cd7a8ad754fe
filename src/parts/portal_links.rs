//! Things of the provider's outside the portal that have a place on a screen:
//! documents, contracts, packages, a status page.

use api_types::{LinkPlace, PortalLink};
use leptos::prelude::*;

use crate::components::{Card, Glyph, Icon};
use crate::i18n::{fill, key, t};
use crate::state::use_portal;

/// The links that belong on a screen; nothing where there are none.
#[component]
pub fn PortalLinks(
    /// The screen.
    place: LinkPlace,
) -> impl IntoView {
    let portal = use_portal();
    let links = Memo::new(move |_| {
        portal.of(|portal| {
            let links = portal.links.iter().filter(|link| link.place == place);
            links.cloned().collect::<Vec<_>>()
        })
    });
    let title = Signal::derive(move || {
        portal.of(|portal| fill(key::common::MORE_FROM, [("name", &portal.name)]))
    });
    move || {
        let links = links.get();
        (!links.is_empty()).then(|| {
            view! {
                <Card title=title id="portal-links">
                    <ul class="portal_links" role="list">
                        {links.into_iter().map(one).collect_view()}
                    </ul>
                </Card>
            }
        })
    }
}

fn one(link: PortalLink) -> impl IntoView {
    let text = link
        .text
        .map(|text| view! { <span class="portal_links__text">{text}</span> });
    view! {
        <li>
            <a class="portal_links__link" href=link.url target="_blank" rel="noreferrer">
                <span class="portal_links__words">
                    <span class="portal_links__title">{link.title}</span>
                    <span class="visually-hidden">" "{t(key::common::NEW_WINDOW)}</span>
                    " "
                    {text}
                </span>
                <Icon glyph=Glyph::Window />
            </a>
        </li>
    }
}
