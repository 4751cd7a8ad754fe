//! What stands around every page: brand, navigation, account menu, footer.

use api_types::LegalLinks;
use leptos::prelude::*;

use super::account_menu::AccountMenu;
use super::icon::{Glyph, Icon};
use super::person::{Person, initials};
use crate::browser::focus;
use crate::i18n::{key, plural, t};

/// The id of the `main` element, where the skip link leads.
pub const CONTENT_ID: &str = "content";

/// A place in the navigation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Where it is.
    pub href: String,
    /// What it is called.
    pub label: String,
    /// Its drawing on a phone.
    pub glyph: Glyph,
}

/// The frame around every page. On a phone the navigation stands at the bottom
/// edge, on a desktop in the top bar; it is one and the same element.
#[component]
pub fn Shell(
    /// The provider's name.
    #[prop(into)]
    portal: Signal<String>,
    /// Where the brand leads.
    #[prop(into)]
    home: String,
    /// The places that exist; none while nobody is signed in.
    #[prop(into)]
    places: Signal<Vec<Place>>,
    /// The `href` of the place on screen.
    #[prop(into)]
    current: Signal<Option<String>>,
    /// Who is signed in.
    #[prop(into)]
    person: Signal<Option<Person>>,
    /// `Log Out` was pressed.
    #[prop(into)]
    on_log_out: Callback<()>,
    /// What else stands in the account menu.
    #[prop(optional, into)]
    settings: Option<ViewFn>,
    /// How many things there are to do; told beside the first place.
    #[prop(optional, into)]
    to_do: Signal<u32>,
    /// The legal texts, where the provider has them.
    #[prop(into)]
    legal: Signal<LegalLinks>,
    /// The money is not real, and every screen says so.
    #[prop(into)]
    test_mode: Signal<bool>,
    /// There is no connection.
    #[prop(into)]
    offline: Signal<bool>,
    /// The page.
    children: Children,
) -> impl IntoView {
    let skip = |event: leptos::ev::MouseEvent| {
        // The page has a base address, so the plain link would leave the page.
        event.prevent_default();
        focus::to(CONTENT_ID);
    };
    let to_do_at = home.clone();
    let banner = move |on: bool, class: &'static str, words| {
        on.then(|| view! { <p class=class>{t(words)}</p> })
    };
    view! {
        <a class="shell__skip" href=format!("#{CONTENT_ID}") on:click=skip>
            {t(key::common::SKIP_TO_CONTENT)}
        </a>
        <div class="shell">
            <header class="shell__header">
                {move || banner(test_mode.get(), "shell__test_mode", key::common::TEST_MODE)}
                {move || banner(offline.get(), "shell__offline", key::common::OFFLINE)}
                <div class="shell__bar">
                    <a class="shell__brand" href=home>
                        <span class="shell__mark" aria-hidden="true">
                            {move || portal.with(|name| initials(name, 1))}
                        </span>
                        <span class="shell__name">{move || portal.get()}</span>
                    </a>
                    <Places places=places current=current home=to_do_at to_do=to_do />
                    <AccountMenu person=person on_log_out=on_log_out settings=settings />
                </div>
            </header>
            <main class="shell__content" id=CONTENT_ID tabindex="-1">
                {children()}
            </main>
            <LegalFooter legal=legal />
        </div>
    }
}

#[component]
fn Places(
    places: Signal<Vec<Place>>,
    current: Signal<Option<String>>,
    home: String,
    to_do: Signal<u32>,
) -> impl IntoView {
    move || {
        let links = places.get();
        (!links.is_empty()).then(|| {
            view! {
                <nav class="shell__nav" aria-label=t(key::common::NAV_MAIN)>
                    {links
                        .into_iter()
                        .map(|place| {
                            let to_do = (place.href == home).then_some(to_do);
                            place_link(place, current, to_do)
                        })
                        .collect_view()}
                </nav>
            }
        })
    }
}

/// The count beside a place: seen as a figure, read as a sentence.
fn count(to_do: Signal<u32>) -> impl IntoView {
    let any = Memo::new(move |_| to_do.get() > 0);
    move || {
        any.get().then(|| {
            view! {
                <span class="shell__count" aria-hidden="true">
                    {move || to_do.get()}
                </span>
                <span class="visually-hidden">
                    ", " {move || plural(key::home::TO_DO_COUNT, to_do.get(), [])}
                </span>
            }
        })
    }
}

fn place_link(
    place: Place,
    current: Signal<Option<String>>,
    to_do: Option<Signal<u32>>,
) -> impl IntoView {
    let Place { href, label, glyph } = place;
    let is_current = {
        let href = href.clone();
        move || {
            current
                .with(|on| on.as_deref() == Some(href.as_str()))
                .then_some("page")
        }
    };
    view! {
        <a class="shell__place" href=href aria-current=is_current>
            <Icon glyph=glyph />
            <span class="shell__place_label">{label}</span>
            {to_do.map(count)}
        </a>
    }
}

#[component]
fn LegalFooter(legal: Signal<LegalLinks>) -> impl IntoView {
    let link = |href: Option<String>, label| {
        href.map(|href| {
            view! {
                <a href=href target="_blank" rel="noreferrer">
                    {t(label)}
                </a>
            }
        })
    };
    move || {
        let LegalLinks { privacy, terms } = legal.get();
        (privacy.is_some() || terms.is_some()).then(|| {
            view! {
                <footer class="shell__footer">
                    {link(privacy, key::common::PRIVACY_POLICY)}
                    {link(terms, key::common::TERMS_OF_USE)}
                </footer>
            }
        })
    }
}
