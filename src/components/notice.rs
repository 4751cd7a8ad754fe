//! A message within a page: what happened and what to do about it.

use leptos::prelude::*;

use super::button::Button;
use super::icon::{Glyph, Icon};
use crate::i18n::{key, t};

/// What kind of message it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeTone {
    /// Good to know.
    Plain,
    /// It worked.
    Good,
    /// Worth a look.
    Waiting,
    /// It did not work. Read out at once.
    Bad,
}

impl NoticeTone {
    fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Good => "good",
            Self::Waiting => "waiting",
            Self::Bad => "bad",
        }
    }

    fn glyph(self) -> Glyph {
        match self {
            Self::Plain => Glyph::Info,
            Self::Good => Glyph::Done,
            Self::Waiting => Glyph::Clock,
            Self::Bad => Glyph::Alert,
        }
    }
}

/// A message, with a button to try again where that can help.
#[component]
pub fn Notice(
    /// What kind it is.
    tone: NoticeTone,
    /// What happened, in a few words.
    #[prop(optional, into)]
    title: Option<String>,
    /// What it means and what to do.
    #[prop(into)]
    body: Signal<String>,
    /// Tries again.
    #[prop(optional, into)]
    on_retry: Option<Callback<()>>,
    /// The new try is under way.
    #[prop(optional, into)]
    retrying: Signal<bool>,
    /// Anything else to do.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div
            class="notice"
            data-tone=tone.name()
            role=(tone == NoticeTone::Bad).then_some("alert")
        >
            <Icon glyph=tone.glyph() />
            <div class="notice__words">
                {title.map(|title| view! { <p class="notice__title">{title}</p> })}
                <p class="notice__body">{move || body.get()}</p>
                {on_retry
                    .map(|retry| {
                        view! {
                            <div class="notice__next">
                                <Button on_press=retry busy=retrying>
                                    {t(key::common::RETRY)}
                                </Button>
                            </div>
                        }
                    })}
                {children.map(|children| view! { <div class="notice__next">{children()}</div> })}
            </div>
        </div>
    }
}
