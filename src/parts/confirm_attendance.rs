//! `Confirm Attendance`, wherever an event can be confirmed.

use api_client::ApiError;
use api_types::EventId;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::{AttendanceButtons, Notice, NoticeTone};
use crate::i18n::{fill, key};
use crate::state::{error_words, use_api, use_live};

/// The two steps, and what went wrong if something did. Once it is said, every page on screen
/// asks the server anew, and this goes with the answer.
#[component]
pub fn ConfirmAttendance(
    /// Which event.
    id: EventId,
    /// What it is.
    title: String,
    /// Where it is told that it was confirmed.
    told: RwSignal<String>,
) -> impl IntoView {
    let (api, live) = (use_api(), use_live());
    let busy = RwSignal::new(false);
    let error = RwSignal::new(None::<ApiError>);
    let buttons = format!("confirm-{id}");
    let event = StoredValue::new((id, title));
    let confirm = move |()| {
        busy.set(true);
        error.set(None);
        let (id, title) = event.get_value();
        let api = api.get();
        spawn_local(async move {
            match api.confirm_event(&id).await {
                Ok(_) => {
                    told.try_set(fill(key::home::CONFIRMED_TOLD, [("title", &title)]));
                }
                Err(refused) => {
                    error.try_set(Some(refused));
                }
            }
            busy.try_set(false);
            live.refresh();
        });
    };
    view! {
        <div class="confirm_attendance">
            <AttendanceButtons id=buttons busy=busy on_confirm=Callback::new(confirm) />
            {move || {
                error
                    .get()
                    .map(|error| view! { <Notice tone=NoticeTone::Bad body=error_words(&error) /> })
            }}
        </div>
    }
}
