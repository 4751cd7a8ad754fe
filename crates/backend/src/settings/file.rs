//! The settings file, as it is written: TOML, where an unknown key is a mistake.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use api_types::{Currency, LegalLinks, LinkPlace, Party, PortalLink, Support};
use serde::Deserialize;

use super::calendar::CalendarPart;
use super::checkout::{self, CheckoutPart};
use super::gateways::{self, GatewayPart};
use super::limits;
use super::methods::{self, MethodPart};
use super::read_error::describe;
use super::{
    DocumentSettings, PortalSettings, PublicUrl, Security, SessionTimes, Settings, SettingsError,
    Switches,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SettingsFile {
    public_url: String,
    #[serde(default = "listen")]
    listen: SocketAddr,
    database: PathBuf,
    dist: PathBuf,
    #[serde(default)]
    allow_sandbox: bool,
    portal: PortalPart,
    #[serde(default)]
    features: FeaturesPart,
    #[serde(default)]
    session: SessionPart,
    #[serde(default)]
    security: SecurityPart,
    part_payments: Option<PartPaymentsPart>,
    #[serde(default)]
    calendar: CalendarPart,
    #[serde(default)]
    checkout: CheckoutPart,
    #[serde(default)]
    links: Vec<LinkPart>,
    #[serde(default)]
    methods: Vec<MethodPart>,
    #[serde(default)]
    gateways: Vec<GatewayPart>,
    #[serde(default)]
    documents: DocumentsPart,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PortalPart {
    name: String,
    brand: String,
    time_zone: String,
    #[serde(default = "locales")]
    locales: Vec<String>,
    currencies: Vec<Currency>,
    #[serde(default)]
    support: SupportPart,
    #[serde(default)]
    legal: LegalPart,
    #[serde(default)]
    notices: Vec<String>,
    seller: Option<SellerPart>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct SupportPart {
    email: Option<String>,
    phone: Option<String>,
    url: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct LegalPart {
    privacy: Option<String>,
    terms: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SellerPart {
    name: String,
    #[serde(default)]
    address: Vec<String>,
    tax_number: Option<String>,
    email: Option<String>,
    phone: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PartPaymentsPart {
    percent: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LinkPart {
    place: String,
    title: String,
    text: Option<String>,
    url: String,
}

#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct FeaturesPart {
    pay: bool,
    push: bool,
}

#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct SessionPart {
    idle_minutes: u32,
    absolute_hours: u32,
}

#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct SecurityPart {
    coop: String,
    portal_origins: Vec<String>,
    proxies: Vec<IpAddr>,
    hsts: bool,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct DocumentsPart {
    logo: Option<PathBuf>,
    fonts: Vec<PathBuf>,
}

fn listen() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 8080))
}

fn locales() -> Vec<String> {
    vec!["en".to_owned()]
}

impl Default for FeaturesPart {
    fn default() -> Self {
        Self {
            pay: true,
            push: true,
        }
    }
}

impl Default for SessionPart {
    fn default() -> Self {
        Self {
            idle_minutes: 30,
            absolute_hours: 12,
        }
    }
}

impl Default for SecurityPart {
    fn default() -> Self {
        let Security {
            coop,
            portal_origins,
            proxies,
            hsts,
            ..
        } = Security::default();
        Self {
            coop,
            portal_origins,
            proxies,
            hsts,
        }
    }
}

/// Parses the text of the file. Relative paths of secrets start at `folder`. All wrong values are
/// named at once.
///
/// # Errors
/// [`SettingsError`] if the text is no TOML, a key is unknown or missing, or values are wrong, with
/// a sentence for each.
pub(super) fn parse(text: &str, folder: &Path) -> Result<Settings, SettingsError> {
    let file = read(text)?;
    let mut problems = Vec::new();
    for (name, path) in [("database", &file.database), ("dist", &file.dist)] {
        if path.as_os_str().is_empty() {
            problems.push(format!(
                "{name} is empty: write a path, as in \"portal/{name}\""
            ));
        }
    }
    let public_url = address("public_url", &file.public_url, &mut problems);
    let gateways = gateways::read(file.gateways, folder, &mut problems);
    let mut portal = portal(file.portal);
    portal.links = links(file.links, &mut problems);
    let checkout = checkout::read(&file.checkout, &mut problems);
    let CheckoutPart {
        most, most_open, ..
    } = file.checkout;
    let checkout_limits = limits::read(most, most_open, &portal.currencies, &mut problems);
    let methods = methods::read(file.methods, &portal.currencies, &mut problems);
    let (Some(public_url), true) = (public_url, problems.is_empty()) else {
        return Err(SettingsError {
            file: None,
            problems,
        });
    };
    Ok(Settings {
        file: None,
        public_url,
        listen: file.listen,
        database: folder.join(file.database),
        dist: folder.join(file.dist),
        portal,
        features: Switches {
            pay: file.features.pay,
            push: file.features.push,
        },
        calendar: file.calendar.into(),
        checkout,
        checkout_limits,
        session: SessionTimes {
            idle: Duration::from_secs(u64::from(file.session.idle_minutes) * 60),
            absolute: Duration::from_secs(u64::from(file.session.absolute_hours) * 3600),
            ..SessionTimes::default()
        },
        security: Security {
            coop: file.security.coop,
            portal_origins: file.security.portal_origins,
            proxies: file.security.proxies,
            hsts: file.security.hsts,
            allow_sandbox: file.allow_sandbox,
        },
        methods,
        least_part_percent: file.part_payments.map(|part| part.percent),
        gateways,
        documents: DocumentSettings {
            logo: file.documents.logo.map(|path| folder.join(path)),
            fonts: file
                .documents
                .fonts
                .iter()
                .map(|path| folder.join(path))
                .collect(),
        },
    })
}

fn read(text: &str) -> Result<SettingsFile, SettingsError> {
    // The parser's own text quotes the line, and a line may hold a secret.
    let unread = |setting, error: &_| SettingsError::one(describe(text, setting, error));
    let file = toml::Deserializer::parse(text).map_err(|error| unread(None, &error))?;
    serde_path_to_error::deserialize(file).map_err(|error| {
        let setting = error.path().to_string();
        // This stands for the whole file.
        let setting = Some(setting).filter(|setting| setting != ".");
        unread(setting, error.inner())
    })
}

fn address(name: &str, text: &str, problems: &mut Vec<String>) -> Option<PublicUrl> {
    PublicUrl::parse(text)
        .map_err(|problem| problems.push(format!("{name}: {problem}")))
        .ok()
}

fn portal(part: PortalPart) -> PortalSettings {
    let seller = part.seller.unwrap_or_else(|| SellerPart {
        name: part.name.clone(),
        address: Vec::new(),
        tax_number: None,
        email: None,
        phone: None,
    });
    let support = part.support;
    PortalSettings {
        name: part.name,
        brand: part.brand,
        time_zone: part.time_zone,
        locales: part.locales,
        currencies: part.currencies,

        legal: LegalLinks {
            privacy: part.legal.privacy,
            terms: part.legal.terms,
        },
        notices: part.notices,
        links: Vec::new(),
        seller: Party {
            name: seller.name,
            address: seller.address,
            tax_number: seller.tax_number,
            email: seller.email.or_else(|| support.email.clone()),
            phone: seller.phone.or_else(|| support.phone.clone()),
        },
        support: Support {
            email: support.email,
            phone: support.phone,
            url: support.url,
        },
    }
}

fn links(parts: Vec<LinkPart>, problems: &mut Vec<String>) -> Vec<PortalLink> {
    let link = |(index, part): (usize, LinkPart)| {
        let place = LinkPlace::from_word(&part.place);
        if place == LinkPlace::Unknown {
            let known: Vec<_> = LinkPlace::ALL.iter().map(|place| place.as_str()).collect();
            problems.push(format!(
                "links[{index}].place: {} has the place `{}`, which is none of {}",
                part.title,
                part.place,
                known.join(", ")
            ));
        }
        PortalLink {
            place,
            title: part.title,
            text: part.text,
            url: part.url,
        }
    };
    parts.into_iter().enumerate().map(link).collect()
}
