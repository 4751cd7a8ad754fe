//! Who is signed in, and the way out.

use leptos::prelude::*;

use super::button::{Button, Look};
use super::icon::{Glyph, Icon};
use super::person::{Person, initials};
use crate::browser::focus;
use crate::i18n::{fill, key, t};

const TOGGLE_ID: &str = "account-menu";
const PANEL_ID: &str = "account-menu-panel";

/// The initials of whoever is signed in; pressed, they open into the name and
/// `Log Out`. Escape and a press elsewhere close it.
#[component]
pub(super) fn AccountMenu(
    /// Who is signed in.
    person: Signal<Option<Person>>,
    /// `Log Out` was pressed.
    on_log_out: Callback<()>,
    /// What else stands in it: settings of the customer's.
    settings: Option<ViewFn>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    // The next person to sign in finds it closed.
    let log_out = Callback::new(move |()| {
        open.set(false);
        on_log_out.run(());
    });
    let close_on_escape = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" && open.get_untracked() {
            open.set(false);
            focus::to(TOGGLE_ID);
        }
    };
    move || {
        let settings = settings.clone();
        person.get().map(move |person| {
            let letters = initials(&person.name, 2);
            view! {
                <div
                    class="account_menu"
                    on:keydown=close_on_escape
                    // It would lie over what has the keyboard then.
                    on:focusout=move |event| {
                        if focus::leaves(&event) {
                            open.set(false);
                        }
                    }
                >
                    <button
                        type="button"
                        id=TOGGLE_ID
                        class="account_menu__toggle"
                        aria-expanded=move || if open.get() { "true" } else { "false" }
                        aria-controls=move || open.get().then_some(PANEL_ID)
                        on:click=move |_| open.update(|open| *open = !*open)
                    >
                        <span>{letters}</span>
                        <span class="visually-hidden">" "{t(key::common::ACCOUNT_MENU)}</span>
                    </button>
                    {move || {
                        let close = Callback::new(move |()| open.set(false));
                        open.get().then(|| panel(&person, log_out, settings.clone(), close))
                    }}
                </div>
            }
        })
    }
}

fn panel(
    person: &Person,
    on_log_out: Callback<()>,
    settings: Option<ViewFn>,
    close: Callback<()>,
) -> impl IntoView + use<> {
    let name = fill(key::common::SIGNED_IN_AS, [("name", &person.name)]);
    let email = person.email.clone();
    view! {
        <div class="account_menu__elsewhere" on:click=move |_| close.run(())></div>
        <div class="account_menu__panel" id=PANEL_ID>
            <p class="account_menu__name">{name}</p>
            <p class="account_menu__email">{email}</p>
            {settings
                .map(|settings| {
                    view! { <div class="account_menu__settings">{settings.run()}</div> }
                })}
            <Button look=Look::Plain on_press=on_log_out>
                <Icon glyph=Glyph::LogOut />
                {t(key::common::LOG_OUT)}
            </Button>
        </div>
    }
}
