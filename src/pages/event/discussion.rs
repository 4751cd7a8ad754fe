//! Writing to the provider about the event.

use api_client::ApiError;
use api_types::{Discussion, Event, EventId, Message, SendMessage};
use leptos::prelude::*;
use leptos::task::{spawn_local, tick};

use super::message::{Wrong, wrong_fields};
use crate::components::{
    Card, LiveRegion, MessageForm, Notice, NoticeTone, focus_field, focus_instead,
};
use crate::i18n::{self, field_error_words, fill, key, plural, t};
use crate::state::{Loaded, RequestKey, error_words, use_api, use_live, use_portal};

/// The id of the words that stand in the form's place.
const NONE_LEFT: &str = "discussion-none-left";

/// `Start a Discussion with (Service Provider Name)`; nothing where the feature is off.
#[component]
pub(super) fn DiscussionCard(event: Loaded<Event>) -> impl IntoView {
    let portal = use_portal();
    let known = Memo::new(move |_| event.of(|event| event.discussion.clone()).flatten());
    let on = Memo::new(move |_| known.with(Option::is_some));
    let title = Signal::derive(move || {
        portal.of(|portal| fill(key::event::DISCUSSION, [("portal", &portal.name)]))
    });
    let messages =
        Memo::new(move |_| known.with(|known| known.as_ref().map(|known| known.messages.clone())));
    let left = Memo::new(move |_| {
        known.with(|known| known.as_ref().map_or(0, |known: &Discussion| known.left))
    });
    // What is typed stays while messages come and go.
    let draft = Draft::new();
    let told = RwSignal::new(String::new());
    move || {
        on.get().then(|| {
            view! {
                <Card title=title id="discussion">
                    <div class="card__body discussion">
                        {move || list(messages.get().unwrap_or_default())}
                        <Writing event=event left=left draft=draft told=told />
                        <LiveRegion text=told />
                    </div>
                </Card>
            }
        })
    }
}

/// Everything that was written, the oldest first. What comes anew is read out.
fn list(messages: Vec<Message>) -> impl IntoView {
    let provider = use_portal().of(|portal| portal.name.clone());
    let one = |message: Message| {
        let who = if message.from_provider {
            provider.clone()
        } else {
            t(key::event::YOU)
        };
        let from = if message.from_provider {
            "provider"
        } else {
            "customer"
        };
        view! {
            <li class="discussion__message" data-from=from>
                <p class="discussion__who">
                    <span class="discussion__name">{who}</span>
                    " "
                    <time datetime=message.sent_at.to_string()>
                        {i18n::instant(&message.sent_at)}
                    </time>
                </p>
                <p class="discussion__subject">{message.subject}</p>
                <p class="event__text">{message.text}</p>
            </li>
        }
    };
    view! {
        <div role="log" aria-label=t(key::event::MESSAGES)>
            <ol class="discussion__messages" role="list">
                {messages.into_iter().map(one).collect_view()}
            </ol>
        </div>
    }
}

/// What is being written.
#[derive(Clone, Copy)]
struct Draft {
    subject: RwSignal<String>,
    text: RwSignal<String>,
    wrong: RwSignal<Wrong>,
    error: RwSignal<Option<ApiError>>,
    busy: RwSignal<bool>,
    /// How many were sent: the same words once more are another message.
    sent: StoredValue<u32>,
    key: RequestKey<(u32, SendMessage)>,
}

impl Draft {
    fn new() -> Self {
        Self {
            subject: RwSignal::new(String::new()),
            text: RwSignal::new(String::new()),
            wrong: RwSignal::new(Wrong::default()),
            error: RwSignal::new(None),
            busy: RwSignal::new(false),
            sent: StoredValue::new(0),
            key: RequestKey::new(),
        }
    }

    fn message(self) -> SendMessage {
        SendMessage {
            subject: self.subject.get_untracked().trim().to_owned(),
            text: self.text.get_untracked().trim().to_owned(),
        }
    }

    /// Says what is wrong, and brings the keyboard there.
    fn refuse(self, wrong: Wrong) {
        if let Some(field) = wrong.first_field() {
            focus_field(field);
        }
        self.wrong.set(wrong);
    }

    fn was_sent(self) {
        self.sent.update_value(|sent| *sent += 1);
        self.subject.set(String::new());
        self.text.set(String::new());
    }
}

/// The form with how many messages are left, or that none are.
#[component]
fn Writing(
    event: Loaded<Event>,
    left: Memo<u8>,
    draft: Draft,
    told: RwSignal<String>,
) -> impl IntoView {
    let portal = use_portal();
    let name = move || portal.of(|portal| portal.name.clone());
    let open = Memo::new(move |_| left.get() > 0);
    // With the last message the form goes, and the button that had the keyboard with it.
    Effect::new(move |before: Option<bool>| {
        let open = open.get();
        if before == Some(true) && !open {
            spawn_local(async {
                tick().await;
                focus_instead(NONE_LEFT);
            });
        }
        open
    });
    let send = sending(event, draft, told);
    let error_of = move |field: fn(&Wrong) -> Option<&api_types::FieldError>| {
        Signal::derive(move || {
            draft
                .wrong
                .with(|wrong| field(wrong).map(field_error_words))
        })
    };
    move || {
        if !open.get() {
            let words = fill(key::event::LEFT_NONE, [("portal", &name())]);
            return view! {
                <p class="event__hint" id=NONE_LEFT tabindex="-1">
                    {words}
                </p>
            }
            .into_any();
        }
        let left_words = move || {
            plural(
                key::event::LEFT,
                u32::from(left.get()),
                [("portal", &name())],
            )
        };
        view! {
            <p class="event__hint">{left_words}</p>
            <MessageForm
                subject=draft.subject
                text=draft.text
                subject_error=error_of(|wrong| wrong.subject.as_ref())
                text_error=error_of(|wrong| wrong.text.as_ref())
                busy=draft.busy
                on_send=send
            />
            {move || {
                draft
                    .error
                    .get()
                    .map(|error| view! { <Notice tone=NoticeTone::Bad body=error_words(&error) /> })
            }}
        }
        .into_any()
    }
}

fn sending(event: Loaded<Event>, draft: Draft, told: RwSignal<String>) -> Callback<()> {
    let (api, live) = (use_api(), use_live());
    Callback::new(move |()| {
        let message = draft.message();
        let wrong = wrong_fields(&message);
        let missing = wrong.first_field().is_some();
        draft.refuse(wrong);
        draft.error.set(None);
        let id: Option<EventId> = untrack(|| event.of(|event| event.event.id.clone()));
        let Some(id) = id.filter(|_| !missing) else {
            return;
        };
        draft.busy.set(true);
        let key = draft.key.of(&(draft.sent.get_value(), message.clone()));
        let api = api.get();
        spawn_local(async move {
            let answer = api.send_message(&id, &key, &message).await;
            // The page may be gone by now.
            if draft.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(_) => {
                    draft.was_sent();
                    told.set(t(key::event::SENT_TOLD));
                }
                Err(refused) => {
                    draft.key.refused(&refused);
                    let wrong = match &refused {
                        ApiError::Refused(problem) => Wrong::of_problem(problem),
                        _ => Wrong::default(),
                    };
                    if wrong.first_field().is_some() {
                        draft.refuse(wrong);
                    } else {
                        draft.error.set(Some(refused));
                    }
                }
            }
            live.refresh();
        });
    })
}
