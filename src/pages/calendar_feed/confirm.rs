//! The dialogs before an address ends: other calendars stop being told.

use leptos::prelude::*;

use crate::components::{Button, Look, Notice, NoticeTone, Sheet};
use crate::i18n::{key, t};

/// What has to be confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// A new address, with which the old one ends.
    New,
    /// The end of the address.
    End,
}

impl Asked {
    /// The id of the button that asks.
    pub(super) fn opener(self) -> &'static str {
        match self {
            Self::New => "feed-new",
            Self::End => "feed-end",
        }
    }
}

/// Both dialogs.
#[component]
pub(super) fn Confirm(
    /// What is asked, if anything.
    asked: RwSignal<Option<Asked>>,
    /// It is under way.
    busy: RwSignal<bool>,
    /// Why it did not go through.
    error: RwSignal<Option<String>>,
    /// A new address is wanted.
    on_create: Callback<()>,
    /// The address is to end.
    on_end: Callback<()>,
) -> impl IntoView {
    let dialog = move |what: Asked, on_yes: Callback<()>| {
        let (title, body, yes) = match what {
            Asked::New => (
                key::feed::NEW_QUESTION,
                key::feed::NEW_BODY,
                key::feed::CREATE_NEW,
            ),
            Asked::End => (key::feed::END_QUESTION, key::feed::END_BODY, key::feed::END),
        };
        let close = Callback::new(move |()| asked.set(None));
        let failed = move || {
            error
                .get()
                .map(|words| view! { <Notice tone=NoticeTone::Bad body=words /> })
        };
        let actions = move || {
            view! {
                <Button disabled=busy on_press=close>
                    {t(key::feed::KEEP)}
                </Button>
                <Button look=Look::Primary busy=busy on_press=on_yes>
                    {t(yes)}
                </Button>
            }
        };
        view! {
            <Sheet
                id=format!("{}-sheet", what.opener())
                title=t(title)
                open=Signal::derive(move || asked.get() == Some(what))
                on_close=close
                opener=what.opener()
                actions=actions
            >
                <p>{t(body)}</p>
                {failed}
            </Sheet>
        }
    };
    view! {
        {dialog(Asked::New, on_create)}
        {dialog(Asked::End, on_end)}
    }
}
