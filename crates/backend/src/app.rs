//! One running backend: its settings, its clock, its database and who is listening.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

use api_types::{Change, Changed, CustomerId, Day, Timestamp};
use documents::Surroundings;
use jiff::tz::TimeZone;
use tokio::sync::{Semaphore, broadcast, watch};
use words::Catalogue;

use crate::clock::{Clock, day_in};
use crate::db::{Db, DbError, Terms};
use crate::http::feed_limit::FeedLimit;
use crate::http::idempotency::RunningKeys;
use crate::http::pace::Pace;
use crate::http::seats::Seats;
use crate::passwords::Verifier;
use crate::payments::Payments;
use crate::settings::{Settings, SettingsError};
use crate::watch::Watch;

/// How many changes a stream may lag behind before it is told to ask anew.
const CHANGES_KEPT: usize = 256;
/// How many files are written at once: each holds one of the database's readers.
const DOWNLOADS: usize = 4;
/// How many documents are set at once: each takes a processor for itself.
const TYPESETTERS: usize = 2;

/// One running backend. Copies are the same one.
#[derive(Clone, Debug)]
pub struct App {
    parts: Arc<Parts>,
}

#[derive(Debug)]
struct Parts {
    settings: Settings,
    settings_version: String,
    zone: TimeZone,
    clock: Clock,
    db: Db,
    verifier: Verifier,
    running: RunningKeys,
    payments: Payments,
    words: Catalogue,
    surroundings: Surroundings,
    typesetters: Arc<Semaphore>,
    downloads: Semaphore,
    news: broadcast::Sender<News>,
    watch: Watch,
    seats: Seats,
    pace: Pace<IpAddr>,
    feed_limit: FeedLimit,
    stopping: watch::Sender<bool>,
}

/// What open streams are told.
#[derive(Clone, Debug)]
pub enum News {
    /// Something of a customer's has changed.
    Changed(CustomerId, Change),
    /// A session has ended, named by the hash of its token.
    Ended(String),
}

/// Why a backend could not be opened.
#[derive(Debug)]
pub enum OpenError {
    /// The settings do not go together.
    Settings(SettingsError),
    /// The database cannot be used.
    Database(DbError),
}

impl std::fmt::Display for OpenError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Settings(error) => error.fmt(f),
            Self::Database(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for OpenError {}

impl From<DbError> for OpenError {
    fn from(error: DbError) -> Self {
        Self::Database(error)
    }
}

impl App {
    /// Checks the settings, opens the database they name and brings its tables up to date.
    pub async fn open(settings: Settings, clock: Clock) -> Result<Self, OpenError> {
        settings.check().map_err(OpenError::Settings)?;
        let surroundings = settings.surroundings().map_err(OpenError::Settings)?;
        let db = Db::open(&settings.database).await?;
        let payments = Payments::open(&settings, &db).await?;
        Ok(Self {
            parts: Arc::new(Parts {
                words: surroundings.words.clone(),
                surroundings,
                typesetters: Arc::new(Semaphore::new(TYPESETTERS)),
                settings_version: settings.version(),
                zone: settings.zone(),
                settings,
                clock,
                db,
                verifier: Verifier::default(),
                running: RunningKeys::default(),
                payments,
                downloads: Semaphore::new(DOWNLOADS),
                news: broadcast::Sender::new(CHANGES_KEPT),
                watch: Watch::default(),
                seats: Seats::default(),
                pace: Pace::default(),
                feed_limit: FeedLimit::default(),
                stopping: watch::Sender::new(false),
            }),
        })
    }

    /// The provider's settings.
    pub fn settings(&self) -> &Settings {
        &self.parts.settings
    }

    /// Changes whenever an answer could change by a setting.
    pub fn settings_version(&self) -> &str {
        &self.parts.settings_version
    }

    /// Now, by the backend's clock.
    pub fn now(&self) -> Timestamp {
        self.parts.clock.now()
    }

    /// The day that it is in the portal's time zone.
    pub fn today(&self) -> Day {
        self.parts.clock.today(&self.parts.zone)
    }

    /// The portal's time zone.
    pub fn zone(&self) -> &TimeZone {
        &self.parts.zone
    }

    /// What figures are reckoned by, as of now.
    pub fn terms(&self) -> Terms {
        let now = self.now();
        let settings = self.settings();
        Terms {
            now,
            today: day_in(now, self.zone()),
            zone: self.zone().clone(),
            zone_name: settings.portal.time_zone.clone(),
            methods: settings.payment_methods(),
            least_part_percent: settings.least_part_percent,
            seller: settings.portal.seller.clone(),
            calendar: settings.calendar.clone(),
        }
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.parts.db
    }

    /// The payment providers, and what goes on with them.
    pub fn payments(&self) -> &Payments {
        &self.parts.payments
    }

    /// The words of the portal's first language, for files and documents.
    pub(crate) fn words(&self) -> &Catalogue {
        &self.parts.words
    }

    /// What is around every document.
    pub(crate) fn surroundings(&self) -> &Surroundings {
        &self.parts.surroundings
    }

    /// Has to be had while a document is set.
    pub(crate) fn typesetters(&self) -> Arc<Semaphore> {
        self.parts.typesetters.clone()
    }

    /// Has to be had while a file is written.
    pub(crate) fn downloads(&self) -> &Semaphore {
        &self.parts.downloads
    }

    /// Checks passwords, a few at a time.
    pub(crate) fn verifier(&self) -> &Verifier {
        &self.parts.verifier
    }

    /// The idempotency keys whose first request is still running.
    pub(crate) fn running(&self) -> &RunningKeys {
        &self.parts.running
    }

    /// The whole site, to be served or called in-process.
    pub fn router(&self) -> axum::Router {
        crate::http::router(self)
    }

    /// Tells every open stream of a customer that something has changed. It is
    /// called after the transaction has been committed, never within it.
    pub fn publish(&self, customer: &CustomerId, change: Change) {
        self.watch().told(customer, change.version);
        self.tell(News::Changed(customer.clone(), change));
    }

    /// Tells the open streams of everybody whose account has changed, by their new versions.
    pub(crate) fn publish_accounts(&self, versions: BTreeMap<CustomerId, u64>) {
        for (customer, version) in versions {
            let change = Change {
                changed: Changed::Account,
                checkout: None,
                version,
            };
            self.publish(&customer, change);
        }
    }

    /// Whose streams are open.
    pub(crate) fn watch(&self) -> &Watch {
        &self.parts.watch
    }

    /// The streams that each session has open.
    pub(crate) fn seats(&self) -> &Seats {
        &self.parts.seats
    }

    /// How much each address asks without a session.
    pub(crate) fn pace(&self) -> &Pace<IpAddr> {
        &self.parts.pace
    }

    /// How often feeds are asked for.
    pub(crate) fn feed_limit(&self) -> &FeedLimit {
        &self.parts.feed_limit
    }

    pub(crate) fn tell(&self, news: News) {
        // An error only says that nobody is listening.
        let _ = self.parts.news.send(news);
    }

    /// Listens to what happens from now on.
    pub(crate) fn listen(&self) -> broadcast::Receiver<News> {
        self.parts.news.subscribe()
    }

    /// Ends every stream and lets background work run out.
    pub fn stop(&self) {
        self.parts.stopping.send_replace(true);
    }

    /// Returns once [`App::stop`] was called; at once if it was already.
    pub async fn stopped(&self) {
        let mut stopping = self.parts.stopping.subscribe();
        // The sender lives as long as `self`, so this only ever ends by the flag.
        let _ = stopping.wait_for(|stop| *stop).await;
    }
}
