//! Saying that one comes, in two steps, so that a slip of the finger says nothing.

use leptos::prelude::*;
use leptos::task::{spawn_local, tick};

use super::button::{Button, Look};
use super::focus_field::focus_field;
use crate::i18n::{key, t};

/// `Confirm Attendance`, then `Confirm`. The keyboard goes along from step to step.
#[component]
pub fn AttendanceButtons(
    /// What the ids of its buttons begin with, unique on the page.
    #[prop(into)]
    id: String,
    /// It is being said.
    #[prop(into)]
    busy: Signal<bool>,
    /// The second step was taken.
    #[prop(into)]
    on_confirm: Callback<()>,
) -> impl IntoView {
    let asking = RwSignal::new(false);
    let ids = StoredValue::new((format!("{id}-ask"), format!("{id}-yes")));
    let ask = move |on: bool| {
        Callback::new(move |()| {
            asking.set(on);
            let id = ids.with_value(|(ask, yes)| if on { yes.clone() } else { ask.clone() });
            spawn_local(async move {
                tick().await;
                focus_field(&id);
            });
        })
    };
    let buttons = move || {
        let (ask_id, yes_id) = ids.get_value();
        if !asking.get() {
            return view! {
                <Button id=ask_id on_press=ask(true)>
                    {t(key::home::CONFIRM_ATTENDANCE)}
                </Button>
            }
            .into_any();
        }
        view! {
            <Button id=yes_id look=Look::Primary busy=busy on_press=on_confirm>
                {t(key::home::CONFIRM)}
            </Button>
            <Button disabled=busy on_press=ask(false)>
                {t(key::home::NOT_NOW)}
            </Button>
        }
        .into_any()
    };
    view! { <div class="attendance_buttons">{buttons}</div> }
}
