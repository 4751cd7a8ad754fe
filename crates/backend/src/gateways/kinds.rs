//! The kinds of gateway that there are, and what is checked of a configured gateway before it is
//! used.

use std::sync::Arc;

use super::http::HttpClient;
use super::{Gateway, GatewayKind, Transcript, offer, paypal, sandbox, stripe};
use crate::db::DbError;
use crate::settings::{GatewaySettings, Mode, Settings, SettingsError};

/// Every kind.
pub(super) const ALL: &[&GatewayKind] = &[&paypal::KIND, &sandbox::KIND, &stripe::KIND];

/// The kind with a name.
fn find(name: &str) -> Option<&'static GatewayKind> {
    ALL.iter().copied().find(|kind| kind.name == name)
}

/// Whether what is paid through a gateway is real money: its account is live, and it is the
/// provider's own API.
pub(super) fn is_real(gateway: &GatewaySettings) -> bool {
    let kind = find(&gateway.kind);
    let Some(own) = kind.and_then(|kind| (kind.own_url)(gateway.mode)) else {
        return false;
    };
    let is_own = gateway
        .url
        .as_ref()
        .is_none_or(|url| url.to_string() == own);
    gateway.mode == Mode::Live && is_own
}

/// Checks the configured gateways against what their kinds need.
///
/// # Errors
/// [`SettingsError`] if a kind is unknown, a credential is missing, unknown or too short, an
/// address is missing, a currency, surcharge or maximum does not suit the gateway of its method, or
/// a gateway that moves no real money would stand behind a public address; with a sentence for each.
pub fn check(settings: &Settings) -> Result<(), SettingsError> {
    let mut problems = Vec::new();
    for (index, gateway) in settings.gateways.iter().enumerate() {
        let mut wrong =
            |key: &str, why: String| problems.push(format!("gateways[{index}].{key}: {why}"));
        let Some(kind) = find(&gateway.kind) else {
            let known: Vec<_> = ALL.iter().map(|kind| kind.name).collect();
            let why = format!("`{}` is none of {}", gateway.kind, known.join(", "));
            wrong("kind", why);
            continue;
        };
        credentials(kind, gateway, &mut wrong);
        if gateway.url.is_none() && (kind.own_url)(gateway.mode).is_none() {
            wrong("url", "missing: write the address of its API".to_owned());
        }
        for (key, why) in (kind.check)(gateway) {
            wrong(&key, why);
        }
        let public = !settings.public_url.is_loopback();
        if public && !settings.security.allow_sandbox && !is_real(gateway) {
            let why = format!(
                "{} moves no real money, so it is refused behind a public address; set \
                 allow_sandbox = true if this is a trial (every screen then says so)",
                gateway.id
            );
            wrong("mode", why);
        }
    }
    if problems.is_empty() {
        methods(settings, &mut problems);
    }
    if problems.is_empty() {
        return Ok(());
    }
    Err(SettingsError {
        file: settings.file.clone(),
        problems,
    })
}

/// Refuses methods that take nothing through their gateways, or whose surcharge makes a total that
/// their gateway does not take.
fn methods(settings: &Settings, problems: &mut Vec<String>) {
    for (index, method) in settings.methods.iter().enumerate() {
        let mut accounts = settings.gateways.iter();
        let account = accounts.find(|account| Some(&account.id) == method.gateway.as_ref());
        let Some(gateway) = account.and_then(|account| open(account, None).ok()) else {
            continue;
        };
        let (id, through) = (&method.id, gateway.id());
        let mut taken = method.currencies.iter();
        if !taken.any(|currency| gateway.limits(*currency).is_some()) {
            problems.push(format!(
                "methods[{index}].currencies: {id} goes through {through}, which takes none of them"
            ));
        }
        let offered = offer::offer(method, Some(gateway.as_ref()), &settings.checkout_limits);
        for terms in offered.iter().flat_map(|offered| &offered.terms) {
            let (Some(least), Some(most)) = (terms.minimum, terms.maximum) else {
                continue;
            };
            if least.minor() > most.minor() {
                let currency = terms.currency;
                problems.push(format!(
                    "methods[{index}].maximum.{currency}: {id} goes through {through}, which takes \
                     at least {least:?}, and that is more than {most:?}"
                ));
            }
        }
        for terms in &method.terms {
            let step = gateway
                .limits(terms.currency)
                .and_then(|limits| limits.step);
            let (Some(step), Some(surcharge)) = (step, terms.surcharge) else {
                continue;
            };
            if surcharge.minor() % step.minor() != 0 {
                let currency = terms.currency;
                problems.push(format!(
                    "methods[{index}].surcharge.{currency}: {id} goes through {through}, which \
                     takes only multiples of {step:?}"
                ));
            }
        }
    }
}

/// Opens a gateway of a known kind. `transcript` writes its calls down.
///
/// # Errors
/// [`DbError::Refused`] if the kind is not known, [`DbError::Failed`] if the HTTP client cannot be
/// built.
pub(super) fn open(
    account: &GatewaySettings,
    transcript: Option<Transcript>,
) -> Result<Arc<dyn Gateway>, DbError> {
    let kind = find(&account.kind);
    let kind = kind.ok_or_else(|| DbError::Refused(account.kind.clone()))?;
    let http = HttpClient::new(&account.id, transcript);
    let http = http.map_err(|error| DbError::Failed(Box::new(error)))?;
    Ok((kind.open)(account, http))
}

/// Opens a gateway for a trial, whose calls a transcript writes down.
///
/// # Errors
/// As for every gateway: [`DbError::Refused`] if its kind is not known, [`DbError::Failed`] if the
/// HTTP client cannot be built.
pub fn open_for_trial(
    account: &GatewaySettings,
    transcript: Transcript,
) -> Result<Arc<dyn Gateway>, DbError> {
    open(account, Some(transcript))
}

fn credentials(
    kind: &GatewayKind,
    gateway: &GatewaySettings,
    wrong: &mut impl FnMut(&str, String),
) {
    for needed in kind.credentials {
        let key = format!("credentials.{}", needed.name);
        match gateway.credentials.get(needed.name) {
            None => wrong(&key, format!("missing: a {} gateway needs it", kind.name)),
            Some(secret) if secret.expose().len() < needed.least => wrong(
                &key,
                format!(
                    "it is too short: with fewer than {} characters, a guess would open it",
                    needed.least
                ),
            ),
            Some(_) => {}
        }
    }
    for name in gateway.credentials.keys() {
        if !kind.credentials.iter().any(|known| known.name == name) {
            let known: Vec<_> = kind.credentials.iter().map(|known| known.name).collect();
            wrong(
                &format!("credentials.{name}"),
                format!("a {} gateway has only {}", kind.name, known.join(", ")),
            );
        }
    }
}
