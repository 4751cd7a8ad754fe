//! The settings of a provider: where the portal is, whose it is, what is switched on.
//!
//! A `Settings` holds values that are well-formed one by one; [`Settings::check`] refuses those
//! that do not go together. Secrets cannot be displayed: `Debug` prints dots.

mod amounts;
mod calendar;
#[cfg(test)]
mod calendar_tests;
mod check;
mod checkout;
mod documents;
mod file;
mod gateways;
mod limits;
#[cfg(test)]
mod method_tests;
mod methods;
#[cfg(test)]
mod mistake_tests;
mod public_url;
mod read_error;
mod secret;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod value_tests;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use api_types::{CheckoutChoices, Currency, Features, LegalLinks, Party, PortalLink, Support};
use jiff::tz::TimeZone;
use sha2::{Digest, Sha256};

pub use calendar::{CalendarSettings, CancelRules, Requests, RescheduleRules};
pub use check::SettingsError;
pub use documents::DocumentSettings;
pub use gateways::{GatewaySettings, Mode};
pub use limits::CheckoutLimits;
pub use methods::Method;
pub use public_url::PublicUrl;
pub use secret::Secret;

use crate::zones::zone_named;

/// The settings of one backend, which serves one provider.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The file that they were read from, to be named where something in it is wrong.
    pub file: Option<PathBuf>,
    /// Where browsers find the portal.
    pub public_url: PublicUrl,
    /// Where the backend listens.
    pub listen: SocketAddr,
    /// The SQLite file.
    pub database: PathBuf,
    /// The built browser app.
    pub dist: PathBuf,
    /// Whose portal it is.
    pub portal: PortalSettings,
    /// What is switched on beside the calendar's own settings.
    pub features: Switches,
    /// How long a session lives.
    pub session: SessionTimes,
    /// What guards the portal.
    pub security: Security,
    /// The ways to pay, in the order to offer them.
    pub methods: Vec<Method>,
    /// The least part of an invoice that may be paid, in percent of its total; `None` where
    /// parts are not taken.
    pub least_part_percent: Option<u32>,
    /// The gateways to payment providers.
    pub gateways: Vec<GatewaySettings>,
    /// What the documents are made with.
    pub documents: DocumentSettings,
    /// What customers may do with their calendar.
    pub calendar: CalendarSettings,
    /// How checkouts are shown and followed.
    pub checkout: CheckoutChoices,
    /// How much and how many of them are allowed.
    pub checkout_limits: CheckoutLimits,
}

/// What is switched on or off as a whole.
#[derive(Clone, Copy, Debug)]
pub struct Switches {
    /// Paying at all.
    pub pay: bool,
    /// Server push.
    pub push: bool,
}

/// Whose portal it is.
#[derive(Clone, Debug)]
pub struct PortalSettings {
    /// The provider's name.
    pub name: String,
    /// The provider's colour, as `#rrggbb`; the colour tokens are computed from it.
    pub brand: String,
    /// The name of the zone that days begin and end by, as in `Europe/Dublin`.
    pub time_zone: String,
    /// Language tags, the first being the default.
    pub locales: Vec<String>,
    /// The currencies that accounts are kept in.
    pub currencies: Vec<Currency>,
    /// How to reach the provider.
    pub support: Support,
    /// Where the legal texts stand.
    pub legal: LegalLinks,
    /// Plain-text notices for everyone.
    pub notices: Vec<String>,
    /// Further things of the provider's that have a place on a screen.
    pub links: Vec<PortalLink>,
    /// Who invoices.
    pub seller: Party,
}

/// How long a session lives.
#[derive(Clone, Copy, Debug)]
pub struct SessionTimes {
    /// Without an act of the customer's.
    pub idle: Duration,
    /// Whatever the customer does.
    pub absolute: Duration,
    /// How often an open stream looks whether its session has ended.
    pub watch_every: Duration,
}

/// What guards the portal.
#[derive(Clone, Debug)]
pub struct Security {
    /// The `Cross-Origin-Opener-Policy` of the portal's documents.
    pub coop: String,
    /// Origins beside the public address that writes may come from.
    pub portal_origins: Vec<String>,
    /// The proxies in front, by their addresses, whose `X-Forwarded-For` is believed.
    pub proxies: Vec<IpAddr>,
    /// Whether browsers are told to use https only; never sent over plain http.
    pub hsts: bool,
    /// Whether a gateway that moves no real money may stand behind a public address.
    pub allow_sandbox: bool,
}

impl Settings {
    /// Reads and checks a settings file. Relative paths in it start at its own folder.
    ///
    /// # Errors
    /// The file cannot be read, or settings in it are missing, unknown or wrong; each is named
    /// with what is allowed.
    pub fn read(path: &Path) -> Result<Self, SettingsError> {
        let text = std::fs::read_to_string(path)
            .map_err(|e| SettingsError::one(format!("{}: {e}", path.display())))?;
        let folder = path.parent().unwrap_or(Path::new("."));
        let settings = file::parse(&text, folder).map_err(|error| error.in_file(Some(path)))?;
        let settings = Self {
            file: Some(path.to_owned()),
            ..settings
        };
        settings.check()?;
        Ok(settings)
    }

    /// Reads and checks settings; relative paths in them start at `folder`.
    ///
    /// # Errors
    /// Settings are missing, unknown or wrong; each is named with what is allowed.
    pub fn parse(text: &str, folder: &Path) -> Result<Self, SettingsError> {
        let settings = file::parse(text, folder)?;
        settings.check()?;
        Ok(settings)
    }

    /// The ids of the gateways.
    pub fn gateway_ids(&self) -> Vec<String> {
        let gateways = self.gateways.iter();
        gateways.map(|gateway| gateway.id.clone()).collect()
    }

    /// Settings for a portal on this machine alone, with no payment provider:
    /// what demos and tests start from.
    pub fn for_loopback(port: u16, dist: &Path, database: &Path) -> Self {
        Self {
            file: None,
            public_url: PublicUrl::loopback(port),
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, port)),
            database: database.to_owned(),
            dist: dist.to_owned(),
            portal: PortalSettings::sample(),
            features: Switches {
                pay: true,
                push: true,
            },
            session: SessionTimes::default(),
            security: Security::default(),
            methods: Vec::new(),
            least_part_percent: None,
            gateways: Vec::new(),
            documents: DocumentSettings::default(),
            calendar: CalendarSettings::default(),
            checkout: CheckoutChoices::default(),
            checkout_limits: CheckoutLimits::default(),
        }
    }

    /// Checks that the settings go together, and names everything that is wrong.
    ///
    /// # Errors
    /// [`SettingsError`] if rules are broken, with a sentence for each.
    pub fn check(&self) -> Result<(), SettingsError> {
        check::check(self).map_err(|error| error.in_file(self.file.as_deref()))
    }

    /// What is switched on, as it is shown to customers.
    pub fn features(&self) -> Features {
        Features {
            pay: self.features.pay,
            push: self.features.push,
            requests: self.calendar.requests != Requests::Off,
            discussion: self.calendar.discussion,
            feed: self.calendar.feed,
        }
    }

    /// The zone that days begin and end by.
    pub fn zone(&self) -> TimeZone {
        // `check` has refused names that are no zone.
        zone_named(&self.portal.time_zone).unwrap_or(TimeZone::UTC)
    }

    /// A text that changes whenever an answer to a customer could change by a setting or by another
    /// build, so that no caller keeps an outdated answer.
    pub fn version(&self) -> String {
        let seen = format!(
            "{} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
            env!("CARGO_PKG_VERSION"),
            self.portal,
            self.features,
            self.methods,
            self.checkout_limits,
            self.least_part_percent,
            self.gateways,
            self.calendar
        );
        let hash = Sha256::digest(seen.as_bytes());
        hash.iter().take(4).map(|b| format!("{b:02x}")).collect()
    }
}

impl PortalSettings {
    fn sample() -> Self {
        let currencies = ["EUR", "JPY", "KWD"];
        Self {
            name: "Harbour Clinic".to_owned(),
            brand: "#1d5fbf".to_owned(),
            time_zone: "Europe/Dublin".to_owned(),
            locales: vec!["en".to_owned()],
            currencies: currencies
                .iter()
                .filter_map(|code| Currency::parse(code).ok())
                .collect(),
            support: Support::default(),
            legal: LegalLinks::default(),
            notices: Vec::new(),
            links: Vec::new(),
            seller: Party {
                name: "Harbour Clinic".to_owned(),
                address: vec!["1 Quay Street".to_owned(), "Harbour Town".to_owned()],
                tax_number: None,
                email: None,
                phone: None,
            },
        }
    }
}

impl Default for SessionTimes {
    fn default() -> Self {
        Self {
            idle: Duration::from_secs(30 * 60),
            absolute: Duration::from_secs(12 * 60 * 60),
            watch_every: Duration::from_secs(5),
        }
    }
}

impl Default for Security {
    fn default() -> Self {
        Self {
            coop: "same-origin-allow-popups".to_owned(),
            portal_origins: Vec::new(),
            proxies: Vec::new(),
            hsts: true,
            allow_sandbox: false,
        }
    }
}
