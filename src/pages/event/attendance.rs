//! Saying that one comes, or was there.

use api_types::{Event, EventId, Timestamp};
use leptos::prelude::*;
use leptos::task::{spawn_local, tick};

use crate::components::{Card, LiveRegion, focus_instead};
use crate::i18n::{self, fill, key, t};
use crate::parts::ConfirmAttendance;
use crate::state::{Loaded, use_portal};

/// The id of the words that stand in the buttons' place.
const GIVEN: &str = "attendance-given";

/// Whether the customer has confirmed that they come.
#[derive(Clone, PartialEq, Eq)]
enum Answer {
    /// It was given.
    Given(Timestamp),
    /// It can be given.
    Open {
        id: EventId,
        title: String,
        waited_for: bool,
        over: bool,
    },
}

impl Answer {
    fn of(event: &Event) -> Option<Self> {
        let summary = &event.event;
        match summary.confirmed_at {
            Some(at) => Some(Self::Given(at)),
            None if event.can_confirm => Some(Self::Open {
                id: summary.id.clone(),
                title: summary.title.clone(),
                waited_for: summary.needs_confirmation,
                over: summary.ends_at <= event.as_of,
            }),
            None => None,
        }
    }
}

/// `Confirm Attendance`, or when it was confirmed; nothing where neither can be.
#[component]
pub(super) fn Attendance(event: Loaded<Event>) -> impl IntoView {
    let portal = use_portal();
    let word = Memo::new(move |_| event.of(Answer::of).flatten());
    let told = RwSignal::new(String::new());
    let content = move || match word.get()? {
        Answer::Given(at) => {
            let words = fill(key::event::CONFIRMED_ON, [("when", &i18n::instant(&at))]);
            let given = view! {
                <p id=GIVEN tabindex="-1">
                    {words}
                </p>
            };
            Some(given.into_any())
        }
        Answer::Open {
            id,
            title,
            waited_for,
            over,
        } => {
            let template = match (over, waited_for) {
                (true, _) => key::event::ATTENDANCE_PAST,
                (false, true) => key::event::ATTENDANCE_WAITED,
                (false, false) => key::event::ATTENDANCE_UPCOMING,
            };
            let words = portal.of(|portal| fill(template, [("portal", &portal.name)]));
            Some(
                view! {
                    <p>{words}</p>
                    <ConfirmAttendance id=id title=title told=told />
                }
                .into_any(),
            )
        }
    };
    let any = Memo::new(move |_| word.with(Option::is_some));
    // The button that had the keyboard goes when the word is given.
    Effect::new(move |before: Option<bool>| {
        let open = word.with(|word| matches!(word, Some(Answer::Open { .. })));
        if before == Some(true) && !open {
            spawn_local(async {
                tick().await;
                focus_instead(GIVEN);
            });
        }
        open
    });
    view! {
        {move || {
            any.get()
                .then(|| {
                    view! {
                        <Card title=t(key::event::ATTENDANCE) id="attendance">
                            <div class="card__body event__attendance">{content}</div>
                        </Card>
                    }
                })
        }}
        <LiveRegion text=told />
    }
}
