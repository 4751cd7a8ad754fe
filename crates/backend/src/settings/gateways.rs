//! The payment gateways, as they are written in the settings. What each kind of gateway needs is
//! known and checked in `gateways`, by the kind itself.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;

use super::secret::SecretSource;
use super::{PublicUrl, Secret, Settings};

/// A configured gateway: one account at one payment provider.
#[derive(Clone, Debug)]
pub struct GatewaySettings {
    /// Its own id, by which methods, notifications, attempts and logs name it.
    pub id: String,
    /// The word of its kind.
    pub kind: String,
    /// Whether the account moves real money.
    pub mode: Mode,
    /// Whether it takes new payments. A gateway that does not is still asked about old ones.
    pub enabled: bool,
    /// The base address of its API; `None` is the provider's own.
    pub url: Option<PublicUrl>,
    /// Further origins of its pages for customers, such as a domain of the account's own.
    pub pages: Vec<PublicUrl>,
    /// The credentials, by the names that its kind gives them.
    pub credentials: BTreeMap<String, Secret>,
}

/// Whether an account moves real money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// It does not.
    Test,
    /// It does.
    Live,
}

impl Mode {
    /// The word in the settings.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Test => "test",
            Self::Live => "live",
        }
    }
}

impl GatewaySettings {
    /// A gateway in test mode at an address, that takes new payments.
    pub fn test(id: &str, kind: &str, url: PublicUrl, credentials: &[(&str, &str)]) -> Self {
        let credentials = credentials.iter();
        Self {
            id: id.to_owned(),
            kind: kind.to_owned(),
            mode: Mode::Test,
            enabled: true,
            url: Some(url),
            pages: Vec::new(),
            credentials: credentials
                .map(|(name, text)| ((*name).to_owned(), Secret::new(text)))
                .collect(),
        }
    }

    /// The text of a credential; empty if there is none, which [`crate::gateways::check`] refuses.
    pub fn credential(&self, name: &str) -> Secret {
        let known = self.credentials.get(name);
        known.cloned().unwrap_or_else(|| Secret::new(""))
    }
}

/// A gateway as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GatewayPart {
    id: String,
    kind: String,
    mode: ModePart,
    #[serde(default = "enabled")]
    enabled: bool,
    url: Option<String>,
    #[serde(default)]
    pages: Vec<String>,
    #[serde(default)]
    credentials: BTreeMap<String, SecretSource>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum ModePart {
    Test,
    Live,
}

fn enabled() -> bool {
    true
}

/// Reads the gateways. What is wrong with single values is noted.
pub(super) fn read(
    parts: Vec<GatewayPart>,
    folder: &Path,
    problems: &mut Vec<String>,
) -> Vec<GatewaySettings> {
    let gateway = |(index, part): (usize, GatewayPart)| {
        let mut address = |name: &str, text: &str| {
            PublicUrl::parse(text)
                .map_err(|why| problems.push(format!("gateways[{index}].{name}: {why}")))
                .ok()
        };
        let url = part.url.and_then(|text| address("url", &text));
        let pages = part.pages.iter();
        let pages = pages.filter_map(|text| address("pages", text)).collect();
        let mut credentials = BTreeMap::new();
        for (name, source) in part.credentials {
            match source.fetch(folder) {
                Ok(secret) => {
                    credentials.insert(name, secret);
                }
                Err(why) => {
                    problems.push(format!("gateways[{index}].credentials.{name}: {why}"));
                }
            }
        }
        GatewaySettings {
            id: part.id,
            kind: part.kind,
            mode: match part.mode {
                ModePart::Test => Mode::Test,
                ModePart::Live => Mode::Live,
            },
            enabled: part.enabled,
            url,
            pages,
            credentials,
        }
    };
    parts.into_iter().enumerate().map(gateway).collect()
}

/// Refuses gateways that cannot be told apart, or whose addresses are not safe.
pub(super) fn check(settings: &Settings, problems: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    for (index, gateway) in settings.gateways.iter().enumerate() {
        let id = &gateway.id;
        let mut wrong =
            |key: &str, why: String| problems.push(format!("gateways[{index}].{key}: {why}"));
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if id.is_empty() || id.len() > 32 || !id.bytes().all(plain) {
            wrong(
                "id",
                format!("`{id}` is not 1 to 32 of a-z, 0-9 and -; it stands in addresses"),
            );
        }
        if !seen.insert(id) {
            wrong("id", format!("the id {id} stands there twice"));
        }
        let pages = gateway.pages.iter().map(|url| ("pages", url));
        for (key, url) in gateway.url.iter().map(|url| ("url", url)).chain(pages) {
            if !url.is_secure() && !url.is_loopback() {
                let why = format!("{url}: it must be https unless it is on this machine");
                wrong(key, why);
            }
            if url.origin() == settings.public_url.origin() {
                let why = "it is the portal's own origin: cards are never entered there";
                wrong(key, why.to_owned());
            }
        }
    }
}
