//! Ways to pay beyond the card.

use api_types::{Currency, MethodId, MethodKind, MethodOption, MethodTerms, OptionId};
use backend::settings::{Method, Settings};

use crate::{CheckoutSite, FakeGateway, euros, open_site};

/// A currency.
pub fn currency(code: &str) -> Currency {
    Currency::parse(code).unwrap()
}

fn method(id: &str, kind: MethodKind, code: &str, gateway: Option<&str>) -> Method {
    let id = MethodId::parse(id).unwrap();
    Method::new(id, kind, vec![currency(code)], gateway)
}

/// Adds a method of every kind, and lets parts of invoices be paid.
pub fn with_all_methods(settings: &mut Settings) {
    settings.portal.currencies.push(currency("PHP"));
    settings.least_part_percent = Some(10);
    let mut express = method("express", MethodKind::Card, "EUR", Some("sandbox"));
    express.label = Some("Express card".to_owned());
    express.surcharge_percent = Some("1.5".to_owned());
    express.terms = vec![MethodTerms {
        minimum: Some(euros("5.00")),
        maximum: Some(euros("500.00")),
        surcharge: Some(euros("0.30")),
        step: None,
        currency: currency("EUR"),
    }];
    let mut wallet = method("wallet", MethodKind::Wallet, "PHP", Some("sandbox"));
    let option = |id: &str, label: &str| MethodOption {
        id: OptionId::parse(id).unwrap(),
        label: label.to_owned(),
    };
    wallet.options = vec![option("isla", "Isla Wallet"), option("bayan", "Bayan Pay")];
    let mut transfer = method("transfer", MethodKind::BankTransfer, "EUR", None);
    transfer.instructions = vec![api_types::Detail {
        label: "IBAN".to_owned(),
        value: "IE00 QUAY 0000 0000 0000 00".to_owned(),
    }];
    settings.methods.extend([express, wallet, transfer]);
}

impl CheckoutSite {
    /// A site with every kind of method, that takes parts of invoices.
    pub async fn with_methods() -> Self {
        let gateway = FakeGateway::open().await;
        let site = open_site(&gateway.url(), with_all_methods).await;
        Self { site, gateway }
    }
}
