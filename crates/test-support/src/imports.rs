//! Rows of an import whose money the payment provider tells too.

use backend::clock::Clock;
use backend::import::{ImportError, Options, Summary, import};
use documents::Fonts;
use jiff::tz::TimeZone;

use crate::CheckoutSite;

const PAYMENTS: &str = "id,customer,created_at,completed_at,total,currency,status,description,\
    kind,refund_of,gateway,provider_id,surcharge\n";

/// Imports files of rows; payments.csv has its columns by itself.
///
/// # Errors
/// What the import finds wrong.
pub async fn bring(
    site: &CheckoutSite,
    update: bool,
    files: &[(&str, &str)],
) -> Result<Summary, ImportError> {
    let folder = tempfile::tempdir().unwrap();
    for (name, rows) in files {
        let head = match *name {
            "payments.csv" => PAYMENTS,
            _ => "payment,invoice,amount\n",
        };
        std::fs::write(folder.path().join(name), format!("{head}{rows}\n")).unwrap();
    }
    let options = Options {
        update,
        anchor: None,
        zone: TimeZone::UTC,
        clock: Clock::standing_at(site.app.now()),
        gateways: site.app.settings().gateway_ids(),
        fonts: Fonts::default(),
    };
    import(site.app.db(), folder.path(), &options).await
}

/// Brings rows of payments.csv, and returns what is wrong with them, each with its column.
pub async fn faults_of(site: &CheckoutSite, update: bool, rows: &str) -> Vec<String> {
    match bring(site, update, &[("payments.csv", rows)]).await {
        Err(ImportError::Faults { faults, .. }) => faults.iter().map(ToString::to_string).collect(),
        other => panic!("something is wrong with {rows}, and not {other:?}"),
    }
}

const WHEN: &str = "2026-11-20T10:00,2026-11-20T10:00";
/// No refund is older than its payment, and those that are told come at this instant.
const WHEN_BACK: &str = "2026-11-21T12:00,2026-11-21T12:00";

/// A row of money that the provider calls so.
pub fn payment_row(total: &str, charge: &str) -> String {
    format!("P-77,ada,{WHEN},{total},EUR,completed,Card,payment,,sandbox,{charge},")
}

/// A row of money that went back, of a payment that is named or of none, that the provider calls
/// so.
pub fn refund_row(total: &str, of: &str, id: &str) -> String {
    format!("R-77,ada,{WHEN_BACK},{total},EUR,completed,Back,refund,{of},sandbox,{id},")
}

/// What the provider calls the money of the last checkout.
pub fn charge(site: &CheckoutSite) -> String {
    format!("ch_{}", site.gateway.reference())
}
