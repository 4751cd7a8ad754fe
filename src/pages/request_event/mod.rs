//! `/calendar/request`: `Request an Event with (Service Provider name)`.

mod choice;
mod form;
mod summary;
mod terms;

use api_types::{BookingChoices, NotBookable};
use leptos::prelude::*;

use crate::components::{EmptyState, Glyph, PageHeading, SkeletonOf};
use crate::i18n::{fill, key, plural, t};
use crate::parts::Reading;
use crate::route::{EventListing, Route};
use crate::state::{Loaded, load, use_portal, use_title};

use form::RequestForm;

/// The form, or why nothing can be asked for.
#[component]
pub fn RequestEventPage() -> impl IntoView {
    let portal = use_portal();
    let heading = move || {
        let name = portal.of(|portal| portal.name.clone());
        fill(key::booking::REQUEST_TITLE, [("portal", &name)])
    };
    use_title(heading);
    let is_on = Memo::new(move |_| portal.of(|portal| portal.features.requests));
    let content = move || match is_on.get() {
        true => view! { <Offered /> }.into_any(),
        false => switched_off().into_any(),
    };
    view! {
        <a class="back_link" href=Route::calendar().href()>
            {t(key::calendar::TITLE)}
        </a>
        <PageHeading text=Signal::derive(heading) />
        <div class="booking">{content}</div>
    }
    .into_any()
}

fn switched_off() -> impl IntoView {
    let portal = use_portal();
    let name = portal.of(|portal| portal.name.clone());
    view! {
        <EmptyState
            title=t(key::booking::OFF_TITLE)
            body=fill(key::booking::OFF_BODY, [("portal", &name)])
            glyph=Glyph::Calendar
        />
    }
}

/// What stands on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// The provider offers no times.
    Nothing,
    /// As many requests are open as may be.
    TooMany,
    /// The form. Once it stands it stays, whatever comes: something may be typed in it.
    Form,
}

fn stage(choices: &BookingChoices, before: Option<Stage>) -> Stage {
    match (before, choices.reason) {
        (Some(Stage::Form), _) | (_, None) => Stage::Form,
        (_, Some(NotBookable::TooMany)) => Stage::TooMany,
        (_, Some(_)) => Stage::Nothing,
    }
}

#[component]
fn Offered() -> impl IntoView {
    let choices: Loaded<BookingChoices> = load(|| (), |api, ()| async move { api.booking().await });
    let stage = Memo::new(move |before: Option<&Option<Stage>>| {
        let before = before.copied().flatten();
        choices.of(|choices| stage(choices, before)).or(before)
    });
    let content = move || match stage.get() {
        Some(Stage::Form) => view! { <RequestForm choices=choices /> }.into_any(),
        Some(Stage::TooMany) => too_many(choices).into_any(),
        Some(Stage::Nothing) | None => nothing().into_any(),
    };
    view! {
        <Reading
            loaded=choices
            failed_title=t(key::booking::CHOICES_FAILED)
            skeleton=SkeletonOf::Rows(4)
        >
            {content}
        </Reading>
    }
}

fn nothing() -> impl IntoView {
    let portal = use_portal();
    let name = portal.of(|portal| portal.name.clone());
    view! {
        <EmptyState
            title=t(key::booking::NOTHING_TITLE)
            body=fill(key::booking::NOTHING_BODY, [("portal", &name)])
            glyph=Glyph::Calendar
        />
    }
}

fn too_many(choices: Loaded<BookingChoices>) -> impl IntoView {
    let most = choices.of(|choices| choices.most_open).unwrap_or_default();
    view! {
        <EmptyState
            title=t(key::booking::TOO_MANY_TITLE)
            body=plural(key::booking::TOO_MANY, most, [])
            glyph=Glyph::Clock
        >
            <a class="button" href=Route::Calendar(EventListing::default()).href()>
                {t(key::booking::TO_UPCOMING)}
            </a>
        </EmptyState>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choices(reason: Option<NotBookable>) -> BookingChoices {
        BookingChoices {
            services: vec![],
            attendees: vec![],
            open: 3,
            most_open: 3,
            reason,
            version: 1,
        }
    }

    #[test]
    fn a_form_that_stands_is_not_taken_away() {
        let too_many = choices(Some(NotBookable::TooMany));
        assert_eq!(stage(&too_many, None), Stage::TooMany);
        assert_eq!(stage(&too_many, Some(Stage::Form)), Stage::Form);
        assert_eq!(stage(&choices(None), Some(Stage::TooMany)), Stage::Form);
        let nothing = choices(Some(NotBookable::NothingOffered));
        assert_eq!(stage(&nothing, Some(Stage::TooMany)), Stage::Nothing);
    }
}
