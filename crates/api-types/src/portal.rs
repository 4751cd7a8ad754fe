//! The provider's settings that the portal shows before anyone signs in.

use serde::{Deserialize, Serialize};

use crate::word::words;
use crate::{Currency, PaymentMethod};

/// `GET /portal`: whose portal it is, and what is switched on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Portal {
    /// The provider's name.
    pub name: String,
    /// The provider's own BCP 47 language tags, the first being the default.
    pub locales: Vec<String>,
    /// The portal's IANA time zone: days begin and end by it.
    #[cfg_attr(feature = "openapi", schema(schema_with = crate::time::zone_schema))]
    pub time_zone: String,
    /// The currencies that accounts are kept in.
    pub currencies: Vec<Currency>,
    /// How to reach the provider.
    pub support: Support,
    /// Where the legal texts stand.
    pub legal: LegalLinks,
    /// Plain-text notices for everyone.
    pub notices: Vec<String>,
    /// What is switched on.
    pub features: Features,
    /// The ways to pay, in the order to offer them.
    pub methods: Vec<PaymentMethod>,
    /// Further things of the provider's that have a place on a screen.
    #[serde(default)]
    pub links: Vec<PortalLink>,
    /// The money is not real: every screen says so.
    pub test_mode: bool,
    /// How checkouts are shown and followed.
    #[serde(default)]
    pub checkout: CheckoutChoices,
}

/// How checkouts are shown and followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckoutChoices {
    /// How often, in seconds, an open checkout is asked about while the page is seen, should
    /// nothing else tell: 3 to 60.
    pub poll_seconds: u16,
    /// Where the payment provider's page opens in the portal's own tab.
    pub same_tab: SameTab,
}

impl CheckoutChoices {
    /// The least [`CheckoutChoices::poll_seconds`], in seconds.
    pub const LEAST_POLL: u16 = 3;
    /// The most, in seconds.
    pub const MOST_POLL: u16 = 60;
}

impl Default for CheckoutChoices {
    fn default() -> Self {
        Self {
            poll_seconds: Self::LEAST_POLL,
            same_tab: SameTab::Needed,
        }
    }
}

words! {
    /// Where the payment provider's page opens in the portal's own tab instead of a window.
    SameTab {
        /// Only where there are no windows: installed apps, browsers inside other apps.
        Needed = "needed",
        /// There, and on every phone.
        Phones = "phones",
        /// Everywhere.
        Always = "always",
    }
}

words! {
    /// The screen that a link of the provider's stands on.
    LinkPlace {
        /// Home: documents, contracts, alerts, a status page.
        Home = "home",
        /// Payments: packages, a currency converter.
        Payments = "payments",
        /// Calendar: a clinical history, goals.
        Calendar = "calendar",
    }
}

/// Something of the provider's outside the portal that a screen shows the way to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PortalLink {
    /// On which screen.
    pub place: LinkPlace,
    /// Its name.
    pub title: String,
    /// What it is for.
    pub text: Option<String>,
    /// Where it is: an `https` address.
    pub url: String,
}

/// How to reach the provider.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Support {
    /// An e-mail address.
    pub email: Option<String>,
    /// A telephone number.
    pub phone: Option<String>,
    /// A page.
    pub url: Option<String>,
}

/// Where the legal texts stand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LegalLinks {
    /// `Privacy Policy`
    pub privacy: Option<String>,
    /// `Terms of Use`
    pub terms: Option<String>,
}

/// What is switched on. What is off is refused by the API too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Features {
    /// Paying at all.
    pub pay: bool,
    /// Server push (`GET /stream`).
    pub push: bool,
    /// Asking for events (`GET /booking`).
    #[serde(default)]
    pub requests: bool,
    /// Writing about events.
    #[serde(default)]
    pub discussion: bool,
    /// The feed for other calendars.
    #[serde(default)]
    pub feed: bool,
}
