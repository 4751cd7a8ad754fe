//! The samples as the tests know them, and a backend filled with them.

use std::path::Path;

use backend::app::App;
use backend::clock::Clock;
use backend::db::customers;
use backend::import::{Options, import};
use backend::passwords;
use backend::settings::Settings;

/// Somebody of the sample data.
pub struct Customer {
    pub id: &'static str,
    pub email: &'static str,
}

/// The password of all of them, as `sign_in.json` has it.
pub const PASSWORD: &str = "harbour-clinic-demo";

/// Owes something of every kind that can be paid.
pub const CUSTOMER: Customer = Customer {
    id: "brennan",
    email: "aoife.brennan@example.com",
};
/// Somebody else.
pub const OTHER_CUSTOMER: Customer = Customer {
    id: "watanabe",
    email: "kenji.watanabe@example.com",
};
/// Has nothing at all.
pub const EMPTY_CUSTOMER: Customer = Customer {
    id: "lindqvist",
    email: "tomas.lindqvist@example.com",
};

/// An invoice of the sample data; its id is its number.
pub struct SampleInvoice {
    pub id: &'static str,
    pub currency: &'static str,
    pub remaining: &'static str,
}

/// Overdue, with nothing paid on it.
pub const OPEN_INVOICE: SampleInvoice = SampleInvoice {
    id: "HC-0311",
    currency: "EUR",
    remaining: "219.60",
};
/// Paid long ago.
pub const PAID_INVOICE: SampleInvoice = SampleInvoice {
    id: "HC-0188",
    currency: "EUR",
    remaining: "0.00",
};

/// The settings of the demo, for a site of a test's own.
pub fn settings(
    (port, gateway_url): (u16, &str),
    (dist, folder): (&Path, &Path),
    (api_key, webhook_secret): (&str, &str),
) -> Settings {
    std::fs::write(folder.join("api-key"), api_key).unwrap();
    std::fs::write(folder.join("webhook-secret"), webhook_secret).unwrap();
    let (_, gateway_port) = gateway_url.rsplit_once(':').unwrap();
    let quoted = |path: &Path| serde_json::Value::from(path.to_str().unwrap()).to_string();
    let template = include_str!("../../crates/xtask/src/demo/settings.toml");
    let text = template
        .replace("{port}", &port.to_string())
        .replace("{gateway_port}", gateway_port)
        .replace("{database}", &quoted(&folder.join("portico.db")))
        .replace("{dist}", &quoted(dist));
    Settings::parse(&text, folder).unwrap()
}

/// Opens a backend and brings the samples in, as the demo does.
pub async fn open(settings: Settings) -> App {
    let zone = settings.zone();
    let fonts = settings.fonts().unwrap();
    let gateways = settings.gateways.names();
    let app = App::open(settings, Clock::system()).await.unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/harbour-clinic");
    let sign_in = std::fs::read_to_string(folder.join("sign_in.json")).unwrap();
    let sign_in: serde_json::Value = serde_json::from_str(&sign_in).unwrap();
    let anchor = sign_in["anchor"].as_str().unwrap().parse().unwrap();
    let options = Options {
        update: false,
        anchor: Some(anchor),
        zone,
        clock: Clock::system(),
        gateways,
        fonts,
    };
    import(app.db(), &folder, &options).await.unwrap();
    let hash = passwords::hash(&api_types::Password(PASSWORD.to_owned())).unwrap();
    for customer in [&CUSTOMER, &OTHER_CUSTOMER, &EMPTY_CUSTOMER] {
        let id = customer.id.parse().unwrap();
        app.db()
            .write(async |tx| customers::set_password(tx, &id, &hash).await)
            .await
            .unwrap();
    }
    app
}
