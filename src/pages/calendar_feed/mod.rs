//! `/calendar/feed`: `Your calendar in other apps`. The address of a feed is a secret: it is
//! only ever in this page's memory, and goes with it.

mod address;
mod confirm;

use api_types::{CreateFeed, Feed, FeedState};
use leptos::prelude::*;
use leptos::task::{spawn_local, tick};

use crate::components::{
    Button, Card, CheckField, CopyField, Detail, Details, EmptyState, Glyph, Look, Notice,
    NoticeTone, PAGE_HEADING_ID, PageHeading, SkeletonOf, focus_field,
};
use crate::i18n::{self, fill, key, t};
use crate::parts::Reading;
use crate::route::Route;
use crate::state::{Loaded, error_words, load, use_api, use_portal, use_session, use_title};

use address::NewAddress;
use confirm::{Asked, Confirm};

const ADDRESS: &str = "feed-address";

/// What a feed is for, the one there is, and its address once.
#[component]
pub fn FeedPage() -> impl IntoView {
    let portal = use_portal();
    use_title(|| t(key::feed::TITLE));
    let is_on = Memo::new(move |_| portal.of(|portal| portal.features.feed));
    let content = move || match is_on.get() {
        true => view! { <FeedCard /> }.into_any(),
        false => {
            let name = portal.of(|portal| portal.name.clone());
            view! {
                <EmptyState
                    title=t(key::feed::OFF_TITLE)
                    body=fill(key::feed::OFF_BODY, [("portal", &name)])
                    glyph=Glyph::Calendar
                />
            }
            .into_any()
        }
    };
    view! {
        <a class="back_link" href=Route::calendar().href()>
            {t(key::calendar::TITLE)}
        </a>
        <PageHeading text=t(key::feed::TITLE) />
        <div class="feed">{content}</div>
    }
    .into_any()
}

/// The feed, and everything that can be done with it.
#[derive(Clone, Copy)]
struct FeedPage {
    state: Loaded<FeedState>,
    made: RwSignal<Option<NewAddress>>,
    due_days: RwSignal<Option<bool>>,
    asked: RwSignal<Option<Asked>>,
    busy: RwSignal<bool>,
    error: RwSignal<Option<String>>,
}

impl FeedPage {
    fn feed(self) -> Option<Feed> {
        self.state.of(|state| state.feed).flatten()
    }

    /// Whether due days are wanted: as the customer said, else as they are now.
    fn wants_due_days(self) -> bool {
        let now = self.feed().is_some_and(|feed| feed.due_days);
        self.due_days.get().unwrap_or(now)
    }

    /// The address, for as long as it is the one that the feed has.
    fn address(self) -> Option<String> {
        let now = self.feed().map(|feed| feed.created_at);
        self.made.with(|made| made.as_ref()?.shown(now))
    }

    fn begin(self) {
        self.busy.set(true);
        self.error.set(None);
    }
}

#[component]
fn FeedCard() -> impl IntoView {
    let page = FeedPage {
        state: load(|| (), |api, ()| async move { api.feed().await }),
        made: RwSignal::new(None),
        due_days: RwSignal::new(None),
        asked: RwSignal::new(None),
        busy: RwSignal::new(false),
        error: RwSignal::new(None),
    };
    let (create, end) = (creator(page), ender(page));
    let (create, end) = (
        Callback::new(move |()| create()),
        Callback::new(move |()| end()),
    );
    view! {
        <Card title=t(key::feed::CARD) id="feed">
            <div class="feed__body">
                <p>{t(key::feed::WHAT_IT_IS)}</p>
                <Reading
                    loaded=page.state
                    failed_title=t(key::feed::FAILED)
                    skeleton=SkeletonOf::Rows(2)
                >
                    {move || view! { <There page=page create=create /> }}
                </Reading>
            </div>
            <Confirm asked=page.asked busy=page.busy error=page.error on_create=create on_end=end />
        </Card>
    }
}

/// The address or what is known of it, the switch, and the buttons.
#[component]
fn There(page: FeedPage, create: Callback<()>) -> impl IntoView {
    let address = Memo::new(move |_| page.address());
    let is_shown = Memo::new(move |_| address.with(Option::is_some));
    let feed = Memo::new(move |_| page.feed());
    let exists = Memo::new(move |_| feed.with(Option::is_some));
    let known = move || {
        feed.get()
            .map(|feed| view! { <Details facts=facts(&feed) /> })
    };
    let shown = move || {
        is_shown
            .get()
            .then(|| view! { <Address address=address /> })
    };
    let failed = move || {
        let error = page
            .error
            .get()
            .filter(|_| page.asked.with(Option::is_none));
        error.map(|words| view! { <Notice tone=NoticeTone::Bad body=words /> })
    };
    let ask = move |asked| {
        Callback::new(move |()| {
            page.error.set(None);
            page.asked.set(Some(asked));
        })
    };
    let buttons = move || match exists.get() {
        false => view! {
            <Button look=Look::Primary busy=page.busy on_press=create>
                {t(key::feed::CREATE)}
            </Button>
        }
        .into_any(),
        true => view! {
            <Button id=Asked::New.opener() on_press=ask(Asked::New)>
                {t(key::feed::CREATE_NEW)}
            </Button>
            <Button id=Asked::End.opener() on_press=ask(Asked::End)>
                {t(key::feed::END)}
            </Button>
        }
        .into_any(),
    };
    view! {
        {shown}
        {known}
        <CheckField
            label=t(key::feed::DUE_DAYS)
            name="feed-due-days"
            checked=Signal::derive(move || page.wants_due_days())
            on_change=Callback::new(move |on| page.due_days.set(Some(on)))
            hint=t(key::feed::DUE_DAYS_HINT)
        />
        {failed}
        <div class="feed__actions">{buttons}</div>
    }
}

/// The address, shown this once, and what to do with it.
#[component]
fn Address(address: Memo<Option<String>>) -> impl IntoView {
    view! {
        <div class="feed__address">
            <CopyField
                label=t(key::feed::ADDRESS)
                name=ADDRESS
                value=Signal::derive(move || address.get().unwrap_or_default())
            />
            <Notice
                tone=NoticeTone::Waiting
                title=t(key::feed::ONCE_TITLE)
                body=t(key::feed::ONCE)
            />
            <h3 class="feed__heading">{t(key::feed::HOW)}</h3>
            <ol class="feed__steps">
                <li>{t(key::feed::HOW_COPY)}</li>
                <li>{t(key::feed::HOW_ADD)}</li>
                <li>{t(key::feed::HOW_WAIT)}</li>
            </ol>
        </div>
    }
}

fn facts(feed: &Feed) -> Vec<Detail> {
    let read = match feed.read_at {
        Some(at) => i18n::instant(&at),
        None => t(key::feed::NOT_READ),
    };
    let due = match feed.due_days {
        true => key::feed::DUE_DAYS_IN,
        false => key::feed::DUE_DAYS_OUT,
    };
    vec![
        Detail::new(t(key::feed::SINCE), i18n::instant(&feed.created_at)),
        Detail::new(t(key::feed::READ), read),
        Detail::new(t(key::feed::DUE), t(due)),
    ]
}

/// Makes an address; one that there was before ends.
fn creator(page: FeedPage) -> impl Fn() + Clone + Send + Sync + 'static {
    let (api, session) = (use_api(), use_session());
    move || {
        page.begin();
        let before = page
            .state
            .of(|state| state.feed)
            .flatten()
            .map(|feed| feed.created_at);
        let request = CreateFeed {
            due_days: untrack(|| page.wants_due_days()),
        };
        spawn_local(async move {
            match api.get().create_feed(&request).await {
                Ok(new) => {
                    let made = NewAddress::new(new.url, new.feed.created_at, before);
                    page.made.try_set(Some(made));
                    page.due_days.try_set(None);
                    page.asked.try_set(None);
                    page.state.retry();
                    tick().await;
                    focus_field(ADDRESS);
                }
                Err(error) => {
                    session.notice(&error);
                    page.error.try_set(Some(error_words(&error)));
                }
            }
            page.busy.try_set(false);
        });
    }
}

/// Ends the feed.
fn ender(page: FeedPage) -> impl Fn() + Clone + Send + Sync + 'static {
    let (api, session) = (use_api(), use_session());
    move || {
        page.begin();
        spawn_local(async move {
            match api.get().end_feed().await {
                Ok(_) => {
                    page.made.try_set(None);
                    page.asked.try_set(None);
                    page.state.retry();
                    tick().await;
                    // The button that asked is gone.
                    focus_field(PAGE_HEADING_ID);
                }
                Err(error) => {
                    session.notice(&error);
                    page.error.try_set(Some(error_words(&error)));
                }
            }
            page.busy.try_set(false);
        });
    }
}
