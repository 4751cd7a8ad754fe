//! One running backend: its settings, its clock, its database and who is listening.

use std::collections::BTreeMap;
use std::sync::Arc;

use api_types::{Change, Changed, CheckoutId, CustomerId, Day, Timestamp};
use documents::RenderContext;
use jiff::tz::TimeZone;
use tokio::sync::{Semaphore, broadcast, watch};
use words::Catalogue;

use crate::clock::{Clock, day_in};
use crate::db::{Db, DbError, Terms};
use crate::gateways::{self, GatewayRegistry};
use crate::limits::Limits;
use crate::passwords::Verifier;
use crate::settings::{Settings, SettingsError};
use crate::subscribers::Subscribers;

/// How many stream events a stream may lag behind before it reads the version again.
const EVENTS_KEPT: usize = 256;
/// How many files are written at once. Each holds one of the database's readers.
const DOWNLOADS: usize = 4;
/// How many documents are typeset at once. Each uses one processor.
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
    gateways: GatewayRegistry,
    words: Catalogue,
    render_context: RenderContext,
    typesetters: Arc<Semaphore>,
    downloads: Semaphore,
    events: broadcast::Sender<StreamEvent>,
    subscribers: Subscribers,
    limits: Limits,
    stopping: watch::Sender<bool>,
}

/// An event that is sent to open streams.
#[derive(Clone, Debug)]
pub enum StreamEvent {
    /// Something of a customer has changed.
    Changed(CustomerId, Change),
    /// A session has ended, named by the hash of its token.
    Ended(String),
}

/// Why a backend could not be opened.
#[derive(Debug)]
pub enum OpenError {
    /// The settings do not go together, or a file that they name cannot be used.
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
    /// Checks the settings, opens the database that they name and brings its tables up to date, and
    /// sets up the gateways.
    ///
    /// # Errors
    /// [`OpenError::Settings`] if the settings do not go together, or the logo or a font cannot be
    /// used; [`OpenError::Database`] if the database cannot be opened or brought up to date, the
    /// stored server secret is malformed, or the client of a gateway cannot be built.
    pub async fn open(settings: Settings, clock: Clock) -> Result<Self, OpenError> {
        settings.check().map_err(OpenError::Settings)?;
        gateways::check(&settings).map_err(OpenError::Settings)?;
        let render_context = settings.render_context().map_err(OpenError::Settings)?;
        let db = Db::open(&settings.database).await?;
        let gateways = GatewayRegistry::open(&settings, &db).await?;
        Ok(Self {
            parts: Arc::new(Parts {
                words: render_context.words.clone(),
                render_context,
                typesetters: Arc::new(Semaphore::new(TYPESETTERS)),
                settings_version: settings.version(),
                zone: settings.zone(),
                settings,
                clock,
                db,
                verifier: Verifier::default(),
                gateways,
                downloads: Semaphore::new(DOWNLOADS),
                events: broadcast::Sender::new(EVENTS_KEPT),
                subscribers: Subscribers::default(),
                limits: Limits::default(),
                stopping: watch::Sender::new(false),
            }),
        })
    }

    /// The provider's settings.
    pub fn settings(&self) -> &Settings {
        &self.parts.settings
    }

    /// A text that changes whenever an answer could change by a setting.
    pub fn settings_version(&self) -> &str {
        &self.parts.settings_version
    }

    /// Now, by the backend's clock.
    pub fn now(&self) -> Timestamp {
        self.parts.clock.now()
    }

    /// Today in the portal's time zone.
    pub fn today(&self) -> Day {
        self.parts.clock.today(&self.parts.zone)
    }

    /// The portal's time zone.
    pub fn zone(&self) -> &TimeZone {
        &self.parts.zone
    }

    /// The terms by which figures are computed, as of now.
    pub fn terms(&self) -> Terms {
        let now = self.now();
        let settings = self.settings();
        Terms {
            now,
            today: day_in(now, self.zone()),
            zone: self.zone().clone(),
            zone_name: settings.portal.time_zone.clone(),
            methods: self.gateways().methods().to_vec(),
            least_part_percent: settings.least_part_percent,
            seller: settings.portal.seller.clone(),
            calendar: settings.calendar.clone(),
        }
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.parts.db
    }

    /// The gateways to payment providers, and the calls to them that are running.
    pub fn gateways(&self) -> &GatewayRegistry {
        &self.parts.gateways
    }

    /// The texts in the portal's first language, for files and documents.
    pub(crate) fn words(&self) -> &Catalogue {
        &self.parts.words
    }

    /// What every document is typeset with: logo, colour and fonts.
    pub(crate) fn render_context(&self) -> &RenderContext {
        &self.parts.render_context
    }

    /// The permits for typesetting documents.
    pub(crate) fn typesetters(&self) -> Arc<Semaphore> {
        self.parts.typesetters.clone()
    }

    /// The permits for writing files.
    pub(crate) fn downloads(&self) -> &Semaphore {
        &self.parts.downloads
    }

    /// The verifier of passwords, which checks a few at a time.
    pub(crate) fn verifier(&self) -> &Verifier {
        &self.parts.verifier
    }

    /// The limits of this process.
    pub(crate) fn limits(&self) -> &Limits {
        &self.parts.limits
    }

    /// Publishes a change to every open stream of a customer. It is called after the transaction
    /// has been committed, never within it.
    pub fn publish(&self, customer: &CustomerId, change: Change) {
        self.subscribers().record_version(customer, change.version);
        self.send(StreamEvent::Changed(customer.clone(), change));
    }

    /// Publishes that a checkout has changed, and with it the account: what can be paid, what is on
    /// its way, what has come.
    pub(crate) fn publish_checkout(
        &self,
        customer: &CustomerId,
        checkout: CheckoutId,
        version: u64,
    ) {
        let changes = [
            (Changed::Checkout, Some(checkout)),
            (Changed::Account, None),
        ];
        for (changed, checkout) in changes {
            let change = Change {
                changed,
                checkout,
                version,
            };
            self.publish(customer, change);
        }
    }

    /// Publishes new versions to the open streams of every customer whose account has changed.
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

    /// The customers who have open streams.
    pub(crate) fn subscribers(&self) -> &Subscribers {
        &self.parts.subscribers
    }

    /// Sends an event to every open stream.
    pub(crate) fn send(&self, event: StreamEvent) {
        // An error only says that nobody is listening.
        let _ = self.parts.events.send(event);
    }

    /// Receives every event from now on.
    pub(crate) fn events(&self) -> broadcast::Receiver<StreamEvent> {
        self.parts.events.subscribe()
    }

    /// Ends every stream and lets background tasks end.
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
