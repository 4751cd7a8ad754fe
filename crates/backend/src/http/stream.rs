//! `GET /stream`: server-sent events that say what changed and at which version, never an amount.
//!
//! Every stream begins with the current version, so that a caller who was away learns at once
//! whether it missed anything. It ends with its session (event `session`), when the stream limit of
//! the session is exceeded by newer streams, and when the backend stops, so that stopping does not
//! hang.

use std::convert::Infallible;
use std::time::Duration;

use api_types::{Change, Changed, CustomerId};
use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderName, HeaderValue};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream::{self, Stream};
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::customer::{self, Customer};
use super::error::ApiError;
use crate::app::{App, StreamEvent};
use crate::change_detector::subscribe;
use crate::db::{DbError, ReadTx, customers};
use crate::limits::StreamPermit;
use crate::subscribers::Subscription;

/// How often something is sent where nothing happens, so that no proxy thinks it dead.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// How long a caller waits before it connects again.
const RETRY: Duration = Duration::from_secs(2);

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(open))
}

/// Server-sent events: `event: change`, its `id` the version, its data a `Change`.
/// The first tells the version as it is.
#[utoipa::path(
    get,
    path = "/stream",
    tag = "stream",
    params((
        "Last-Event-ID" = Option<String>,
        Header,
        description = "What the caller has heard last. Every stream begins with the version as \
            it is, so nothing has to be told after that."
    )),
    responses(
        (
            status = OK,
            description = "Events whose data is a `Change` as JSON.",
            body = Change,
            content_type = "text/event-stream"
        ),
        (status = NOT_FOUND, description = "`feature_off`: nothing is pushed."),
    )
)]
async fn open(State(app): State<App>, customer: Customer) -> Result<Response, ApiError> {
    if !app.settings().features.push {
        return Err(ApiError::FeatureOff);
    }
    let events = Sse::new(events(app, customer)).keep_alive(KeepAlive::new().interval(KEEP_ALIVE));
    let headers = [
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        // A proxy that collects answers would hold every event back.
        (
            HeaderName::from_static("x-accel-buffering"),
            HeaderValue::from_static("no"),
        ),
    ];
    Ok((headers, events).into_response())
}

/// One open stream.
struct Live {
    app: App,
    customer: CustomerId,
    session: String,
    events: broadcast::Receiver<StreamEvent>,
    subscription: Subscription,
    watch: Interval,
    permit: StreamPermit,
    place: Place,
}

/// How far a stream has come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Begun,
    Listening,
    Over,
}

/// What the next event of a stream is about.
enum Next {
    /// The customer's version has to be read: it is not known what was missed.
    Account,
    /// A change was published.
    Change(Change),
    /// The session has ended.
    Session,
    /// The backend stops.
    Stop,
}

fn events(app: App, customer: Customer) -> impl Stream<Item = Result<Event, Infallible>> {
    // The session has just been looked at, so the first look is one period away.
    let every = app.settings().session.watch_every;
    let mut watch = interval_at(Instant::now() + every, every);
    watch.set_missed_tick_behavior(MissedTickBehavior::Delay);
    // Listening begins before the version is read, so nothing falls between.
    let live = Live {
        events: app.events(),
        subscription: subscribe(&app, &customer.id),
        permit: app.limits().streams.open(&customer.session),
        customer: customer.id,
        session: customer.session,
        app,
        watch,
        place: Place::Begun,
    };
    stream::unfold(live, next_event)
}

async fn next_event(mut live: Live) -> Option<(Result<Event, Infallible>, Live)> {
    let change = match live.next().await {
        Next::Account => live.account().await,
        Next::Change(change) => Ok(change),
        Next::Session => {
            live.place = Place::Over;
            live.account().await.map(|change| Change {
                changed: Changed::Session,
                ..change
            })
        }
        Next::Stop => return None,
    };
    // A stream that cannot read the version ends: its caller connects again and asks.
    let change = change
        .inspect_err(|error| tracing::error!(%error, "a stream broke"))
        .ok()?;
    let begun = live.place == Place::Begun;
    if begun {
        live.subscription.record_read(change.version);
        live.place = Place::Listening;
    }
    Some((Ok(event(&change, begun)?), live))
}

fn event(change: &Change, first: bool) -> Option<Event> {
    let event = Event::default()
        .event("change")
        .id(change.version.to_string())
        .json_data(change)
        .ok()?;
    Some(if first { event.retry(RETRY) } else { event })
}

impl Live {
    async fn next(&mut self) -> Next {
        match self.place {
            Place::Begun => return Next::Account,
            Place::Over => return Next::Stop,
            Place::Listening => {}
        }
        let app = self.app.clone();
        loop {
            tokio::select! {
                () = app.stopped() => return Next::Stop,
                () = self.permit.until_replaced() => return Next::Stop,
                event = self.events.recv() => match self.next_for(event) {
                    Some(next) => return next,
                    None => continue,
                },
                _ = self.watch.tick() => {
                    let alive = customer::live_session(&self.app, &self.session).await;
                    if matches!(alive, Ok(None)) {
                        return Next::Session;
                    }
                }
            }
        }
    }

    fn next_for(&self, event: Result<StreamEvent, RecvError>) -> Option<Next> {
        match event {
            Ok(StreamEvent::Changed(customer, change)) => {
                (customer == self.customer).then_some(Next::Change(change))
            }
            Ok(StreamEvent::Ended(session)) => (session == self.session).then_some(Next::Session),
            // Too much happened at once to say what: the caller has to ask.
            Err(RecvError::Lagged(_)) => Some(Next::Account),
            Err(RecvError::Closed) => Some(Next::Stop),
        }
    }

    async fn account(&self) -> Result<Change, DbError> {
        let customer = &self.customer;
        let version = self
            .app
            .db()
            .read(async |tx: &ReadTx| customers::version(tx, customer).await)
            .await?;
        Ok(Change {
            changed: Changed::Account,
            checkout: None,
            version,
        })
    }
}
