//! Checks which settings do not go together. Every broken rule is named at once, so that nobody
//! starts a server five times to find five mistakes.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use icu_locale_core::Locale;

use super::{PublicUrl, Settings, gateways, methods};
use crate::brand::Brand;
use crate::zones::zone_named;

/// The longest that a session may last, in hours: a leap year.
const MOST_HOURS: u64 = 366 * 24;

/// Why the settings cannot be used, one sentence each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsError {
    /// The file that they stand in.
    pub file: Option<PathBuf>,
    /// What is wrong and what to do.
    pub problems: Vec<String>,
}

impl SettingsError {
    pub(super) fn one(problem: String) -> Self {
        Self {
            file: None,
            problems: vec![problem],
        }
    }

    /// The same, about settings of this file.
    pub(super) fn in_file(self, file: Option<&Path>) -> Self {
        Self {
            file: file.map(Path::to_owned),
            ..self
        }
    }
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.file {
            Some(file) => write!(f, "the settings in {} cannot be used:", file.display())?,
            None => f.write_str("the settings cannot be used:")?,
        }
        for problem in &self.problems {
            write!(f, "\n  - {problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for SettingsError {}

/// Checks the settings against every rule.
///
/// # Errors
/// [`SettingsError`] if rules are broken, with a sentence for each.
pub(super) fn check(settings: &Settings) -> Result<(), SettingsError> {
    let mut problems = Vec::new();
    addresses(settings, &mut problems);
    portal(settings, &mut problems);
    sessions(settings, &mut problems);
    security(settings, &mut problems);
    links(settings, &mut problems);
    parts(settings, &mut problems);
    settings.calendar.check(&mut problems);
    methods::check(settings, &mut problems);
    gateways::check(settings, &mut problems);
    if problems.is_empty() {
        Ok(())
    } else {
        Err(SettingsError {
            file: None,
            problems,
        })
    }
}

fn addresses(settings: &Settings, problems: &mut Vec<String>) {
    let url = &settings.public_url;
    if !url.is_secure() && !url.is_loopback() {
        problems.push(format!(
            "public_url is {url}: plain http is only for this machine (localhost), because \
             passwords and sessions would travel in the open; use https"
        ));
    }
}

fn portal(settings: &Settings, problems: &mut Vec<String>) {
    let portal = &settings.portal;
    if portal.name.trim().is_empty() {
        problems.push("portal.name is empty: customers have to know whose portal it is".into());
    }
    if let Err(e) = Brand::parse(&portal.brand) {
        problems.push(format!("portal.brand: {e}"));
    }
    if let Err(e) = zone_named(&portal.time_zone) {
        problems.push(format!("portal.time_zone: {e}"));
    }
    if portal.locales.is_empty() {
        problems.push("portal.locales is empty: name at least one, as in [\"en\"]".into());
    }
    for tag in &portal.locales {
        if !is_language_tag(tag) {
            problems.push(format!(
                "portal.locales: `{tag}` is no language tag such as en or pt-BR"
            ));
        }
    }
    if portal.currencies.is_empty() {
        problems.push("portal.currencies is empty: name at least one, as in [\"EUR\"]".into());
    }
    let links = [
        ("portal.support.url", &portal.support.url),
        ("portal.legal.privacy", &portal.legal.privacy),
        ("portal.legal.terms", &portal.legal.terms),
    ];
    for (name, link) in links {
        if let Some(link) = link
            && !is_web_link(link)
        {
            problems.push(format!(
                "{name}: `{link}` does not lead anywhere; it must begin with https:// (or \
                 http://), or with / for a page of this host"
            ));
        }
    }
}

fn links(settings: &Settings, problems: &mut Vec<String>) {
    for (index, link) in settings.portal.links.iter().enumerate() {
        let (title, url) = (&link.title, &link.url);
        if title.trim().is_empty() {
            problems.push(format!(
                "links[{index}].title: the link to {url} has no title"
            ));
        }
        if !url.starts_with("https://") || url::Url::parse(url).is_err() {
            problems.push(format!(
                "links[{index}].url: {title} leads to `{url}`; a link begins with https://"
            ));
        }
    }
}

fn parts(settings: &Settings, problems: &mut Vec<String>) {
    if let Some(percent) = settings.least_part_percent
        && !(1..=100).contains(&percent)
    {
        problems.push(format!(
            "part_payments.percent is {percent}: the least part is 1 to 100 percent of an invoice"
        ));
    }
}

fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    // Browsers refuse to write a number by a tag that is none.
    tag.parse::<Locale>().is_ok()
        && (2..=3).contains(&language.len())
        && language.bytes().all(|b| b.is_ascii_lowercase())
        && parts.all(|part| {
            (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        })
}

/// A link is shown to everyone, so `javascript:` and its like must not get in.
fn is_web_link(link: &str) -> bool {
    let local = link.starts_with('/') && !link.starts_with("//");
    let web = ["https://", "http://"]
        .iter()
        .any(|scheme| link.starts_with(scheme));
    local || (web && url::Url::parse(link).is_ok())
}

fn sessions(settings: &Settings, problems: &mut Vec<String>) {
    let session = &settings.session;
    if session.idle < Duration::from_secs(60) {
        problems.push("session.idle_minutes must be at least 1".into());
    }
    let most = Duration::from_secs(MOST_HOURS * 3600);
    if session.absolute > most {
        problems.push(format!(
            "session.absolute_hours must be at most {MOST_HOURS}, a year"
        ));
    }
    if session.idle > most {
        let minutes = MOST_HOURS * 60;
        problems.push(format!(
            "session.idle_minutes must be at most {minutes}, a year"
        ));
    } else if session.absolute < session.idle {
        problems
            .push("session.absolute_hours must not be shorter than session.idle_minutes".into());
    }
}

fn security(settings: &Settings, problems: &mut Vec<String>) {
    let security = &settings.security;
    let known = ["same-origin-allow-popups", "same-origin", "unsafe-none"];
    if !known.contains(&security.coop.as_str()) {
        problems.push(format!(
            "security.coop: `{}` is none of {}",
            security.coop,
            known.join(", ")
        ));
    }
    for origin in &security.portal_origins {
        match PublicUrl::parse(origin) {
            Ok(url) if url.origin() == origin => {
                if !url.is_secure() && !url.is_loopback() {
                    problems.push(format!(
                        "security.portal_origins: {origin} is not https, and http is only for \
                         localhost"
                    ));
                }
            }
            _ => problems.push(format!(
                "security.portal_origins: `{origin}` is not an origin such as \
                 https://www.example.com (no path, no slash at the end)"
            )),
        }
    }
}
