//! The ways to pay, as they are written in the settings, and what may not go together.

use std::collections::BTreeSet;

use api_types::{
    Currency, Detail, MethodId, MethodKind, MethodOption, MethodTerms, OptionId, PaymentMethod,
};
use serde::Deserialize;

use super::amounts::{self, Amounts};
use super::{CheckoutLimits, Settings};

/// A method of payment.
#[derive(Clone, Debug)]
pub struct Method {
    /// Its id.
    pub id: MethodId,
    /// What kind of thing it is.
    pub kind: MethodKind,
    /// The provider's own name for it.
    pub label: Option<String>,
    /// The currencies it takes.
    pub currencies: Vec<Currency>,
    /// What it takes and costs in single currencies.
    pub terms: Vec<MethodTerms>,
    /// What it costs in percent of the amount, as plain decimal text.
    pub surcharge_percent: Option<String>,
    /// What has to be chosen from.
    pub options: Vec<MethodOption>,
    /// Where to send a transfer.
    pub instructions: Vec<Detail>,
    /// Within how many days its money arrives as a rule.
    pub settles_days: Option<u16>,
    /// Which of the gateways takes the money; none takes a bank transfer.
    pub gateway: Option<String>,
}

impl Method {
    /// A method that takes any amount and costs nothing.
    pub fn new(
        id: MethodId,
        kind: MethodKind,
        currencies: Vec<Currency>,
        gateway: Option<&str>,
    ) -> Self {
        Self {
            id,
            kind,
            label: None,
            currencies,
            terms: Vec::new(),
            surcharge_percent: None,
            options: Vec::new(),
            instructions: Vec::new(),
            settles_days: None,
            gateway: gateway.map(str::to_owned),
        }
    }

    /// The method as it is shown to customers, before what its gateway adds. If the portal's limit
    /// is below the method's maximum, the limit is the maximum.
    pub fn to_wire(&self, limits: &CheckoutLimits) -> PaymentMethod {
        let terms = self.currencies.iter().map(|currency| {
            let mut own = self.terms.iter();
            let own = own.find(|terms| terms.currency == *currency);
            let limit = limits.most_in(*currency);
            let maximum = own.and_then(|terms| terms.maximum).unwrap_or(limit);
            MethodTerms {
                minimum: own.and_then(|terms| terms.minimum),
                maximum: Some(if maximum.minor() < limit.minor() {
                    maximum
                } else {
                    limit
                }),
                surcharge: own.and_then(|terms| terms.surcharge),
                step: None,
                currency: *currency,
            }
        });
        PaymentMethod {
            id: self.id.clone(),
            kind: self.kind,
            label: self.label.clone(),
            currencies: self.currencies.clone(),
            terms: terms.collect(),
            surcharge_percent: self.surcharge_percent.clone(),
            options: self.options.clone(),
            instructions: self.instructions.clone(),
            settles_days: self.settles_days,
            pay_host: String::new(),
        }
    }
}

/// A method as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MethodPart {
    id: MethodId,
    #[serde(default = "card")]
    kind: String,
    label: Option<String>,
    currencies: Option<Vec<Currency>>,
    gateway: Option<String>,
    #[serde(default)]
    minimum: Amounts,
    #[serde(default)]
    maximum: Amounts,
    #[serde(default)]
    surcharge: Amounts,
    surcharge_percent: Option<String>,
    #[serde(default)]
    options: Vec<OptionPart>,
    #[serde(default)]
    instructions: Vec<DetailPart>,
    settles_days: Option<u16>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OptionPart {
    id: OptionId,
    label: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DetailPart {
    label: String,
    value: String,
}

fn card() -> String {
    "card".to_owned()
}

/// Reads the methods. What is wrong with single values is noted.
pub(super) fn read(
    parts: Vec<MethodPart>,
    all_currencies: &[Currency],
    problems: &mut Vec<String>,
) -> Vec<Method> {
    let mut method = |(index, part): (usize, MethodPart)| {
        let id = part.id;
        let kind = MethodKind::from_word(&part.kind);
        if kind == MethodKind::Unknown {
            let known: Vec<_> = MethodKind::ALL.iter().map(|k| k.as_str()).collect();
            problems.push(format!(
                "methods[{index}].kind: {id} is of the kind `{}`, which is none of {}",
                part.kind,
                known.join(", ")
            ));
        }
        let mut amounts = |name: &str, written: Amounts| {
            let key = format!("methods[{index}].{name}");
            amounts::read(&key, &format!("{id}, {name}"), written, problems)
        };
        let minimum = amounts("minimum", part.minimum);
        let maximum = amounts("maximum", part.maximum);
        let surcharge = amounts("surcharge", part.surcharge);
        let named = [&minimum, &maximum, &surcharge];
        let named: BTreeSet<_> = named.iter().flat_map(|by| by.keys().copied()).collect();
        let terms = named.into_iter().map(|currency| MethodTerms {
            minimum: minimum.get(&currency).copied(),
            maximum: maximum.get(&currency).copied(),
            surcharge: surcharge.get(&currency).copied(),
            step: None,
            currency,
        });
        let options = part.options.into_iter();
        let instructions = part.instructions.into_iter();
        Method {
            terms: terms.collect(),
            kind,
            label: part.label,
            currencies: part.currencies.unwrap_or_else(|| all_currencies.to_vec()),
            surcharge_percent: part.surcharge_percent,
            options: options
                .map(|OptionPart { id, label }| MethodOption { id, label })
                .collect(),
            instructions: instructions
                .map(|DetailPart { label, value }| Detail { label, value })
                .collect(),
            settles_days: part.settles_days,
            gateway: part.gateway,
            id,
        }
    };
    parts.into_iter().enumerate().map(&mut method).collect()
}

/// Refuses methods that cannot be used.
pub(super) fn check(settings: &Settings, problems: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    for (index, method) in settings.methods.iter().enumerate() {
        let mut wrong =
            |key: &str, why: String| problems.push(format!("methods[{index}].{key}: {why}"));
        if !seen.insert(&method.id) {
            wrong("id", format!("the id {} stands there twice", method.id));
        }
        currencies(settings, method, &mut wrong);
        price(method, &mut wrong);
        choices(method, &mut wrong);
        way(settings, method, &mut wrong);
    }
}

fn currencies(settings: &Settings, method: &Method, wrong: &mut impl FnMut(&str, String)) {
    let id = &method.id;
    // Where the portal has none, that is what is told.
    if method.currencies.is_empty() && !settings.portal.currencies.is_empty() {
        let why = format!("{id} takes no currency; name one, as in [\"EUR\"], or leave it out");
        wrong("currencies", why);
    }
    for currency in &method.currencies {
        if !settings.portal.currencies.contains(currency) {
            let why = format!("{id} takes {currency}, which portal.currencies does not name");
            wrong("currencies", why);
        }
    }
    for terms in &method.terms {
        let currency = terms.currency;
        let amounts = [
            ("minimum", terms.minimum),
            ("maximum", terms.maximum),
            ("surcharge", terms.surcharge),
        ];
        for (name, _) in amounts.iter().filter(|(_, amount)| amount.is_some()) {
            if !method.currencies.contains(&currency) {
                let why = format!("{id} has a {name} in {currency}, which it does not take");
                wrong(&format!("{name}.{currency}"), why);
            }
        }
        // The surcharge counts towards the maximum, so less than that is left for an amount.
        let told = method.to_wire(&settings.checkout_limits);
        let most = told.most_in(currency);
        let least = terms.minimum.map_or(1, |least| least.minor());
        if least > most.minor() {
            let why = format!(
                "{id} has a minimum above its maximum in {currency}: with the surcharge, at most \
                 {most:?} can be paid at once; see its maximum and checkout.most"
            );
            wrong(&format!("minimum.{currency}"), why);
        }
    }
}

fn price(method: &Method, wrong: &mut impl FnMut(&str, String)) {
    let Some(text) = &method.surcharge_percent else {
        return;
    };
    let fits = percentage(text).is_some_and(|parts| (1..=100 * PARTS).contains(&parts));
    if !fits {
        let why = format!(
            "{} has the surcharge_percent `{text}`; write a percentage up to 100, as in \"1.5\"",
            method.id
        );
        wrong("surcharge_percent", why);
    }
}

/// How many parts a percent has here: four digits after the point are enough for anyone.
const PARTS: u32 = 10_000;

fn percentage(text: &str) -> Option<u32> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let plain = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if !plain(whole) || !plain(fraction) || !(1..=3).contains(&whole.len()) {
        return None;
    }
    if !(1..=4).contains(&fraction.len()) {
        return None;
    }
    let fraction: u32 = format!("{fraction:0<4}").parse().ok()?;
    Some(whole.parse::<u32>().ok()? * PARTS + fraction)
}

fn choices(method: &Method, wrong: &mut impl FnMut(&str, String)) {
    let id = &method.id;
    let mut seen = BTreeSet::new();
    for (index, option) in method.options.iter().enumerate() {
        if !seen.insert(&option.id) {
            let why = format!("{id} has the option {} twice", option.id);
            wrong(&format!("options[{index}].id"), why);
        }
        if option.label.trim().is_empty() {
            let why = format!("{id} has an option {} with no label", option.id);
            wrong(&format!("options[{index}].label"), why);
        }
    }
    let is_transfer = method.kind == MethodKind::BankTransfer;
    if is_transfer && method.instructions.is_empty() {
        let why = format!("{id} is a bank_transfer, so it has to say where to send the money");
        wrong("instructions", why);
    }
    if !is_transfer && !method.instructions.is_empty() {
        let why = format!("{id} has instructions, which only a bank_transfer has");
        wrong("instructions", why);
    }
}

fn way(settings: &Settings, method: &Method, wrong: &mut impl FnMut(&str, String)) {
    let (id, kind) = (&method.id, method.kind);
    match (&method.gateway, kind) {
        (Some(_), MethodKind::BankTransfer) => {
            let why = "is a bank_transfer, which goes through no gateway; leave gateway out";
            wrong("gateway", format!("{id} {why}"));
        }
        (None, MethodKind::BankTransfer) => {}
        (None, _) => {
            let why = format!("{id} has no gateway; write the id of one of [[gateways]]");
            wrong("gateway", why);
        }
        (Some(gateway), _) => {
            let mut known = settings.gateways.iter();
            if !known.any(|known| known.id == *gateway) {
                let why = format!(
                    "{id} goes through the gateway `{gateway}`, but no [[gateways]] has that id"
                );
                wrong("gateway", why);
            }
        }
    }
}
