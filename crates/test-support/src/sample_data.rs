//! The samples as the tests know them, and a backend filled with them.

use std::path::Path;

use api_types::Day;
use backend::app::App;
use backend::clock::Clock;
use backend::db::customers;
use backend::import::{Options, import};
use backend::passwords;
use backend::settings::Settings;
use tempfile::TempDir;
use tokio::sync::Mutex;

/// Somebody of the sample data.
pub struct Customer {
    /// The id.
    pub id: &'static str,
    /// The address to sign in with.
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
    /// The id.
    pub id: &'static str,
    /// The currency.
    pub currency: &'static str,
    /// What remains to be paid.
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
    let template = include_str!("../../xtask/src/demo/settings.toml");
    let text = template
        .replace("{port}", &port.to_string())
        .replace("{gateway_port}", gateway_port)
        .replace("{database}", &quoted(&folder.join("portico.db")))
        .replace("{dist}", &quoted(dist));
    Settings::parse(&text, folder).unwrap()
}

/// The file of the samples within its folder.
const SAMPLES: &str = "samples.db";

/// A database with the samples of a day, which every site of that day gets a copy of: bringing
/// them in takes seconds of a processor, and there are more than a hundred sites.
static TEMPLATE: Mutex<Option<(Day, TempDir)>> = Mutex::const_new(None);

/// Opens a backend with the samples in it, as the demo has them.
pub async fn open(settings: Settings) -> App {
    let today = Clock::system().today(&settings.zone());
    let mut template = TEMPLATE.lock().await;
    let (_, folder) = match template.take() {
        Some(made) if made.0 == today => template.insert(made),
        _ => template.insert((today, bring_in(&settings).await)),
    };
    std::fs::copy(folder.path().join(SAMPLES), &settings.database).unwrap();
    drop(template);
    App::open(settings, Clock::system()).await.unwrap()
}

/// Brings the samples into a database of their own, as the demo does.
async fn bring_in(settings: &Settings) -> TempDir {
    let place = tempfile::tempdir().unwrap();
    let mut settings = settings.clone();
    settings.database = place.path().join(SAMPLES);
    let app = App::open(settings.clone(), Clock::system()).await.unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/harbour-clinic");
    let sign_in = std::fs::read_to_string(folder.join("sign_in.json")).unwrap();
    let sign_in: serde_json::Value = serde_json::from_str(&sign_in).unwrap();
    let anchor = sign_in["anchor"].as_str().unwrap().parse().unwrap();
    let options = Options {
        update: false,
        anchor: Some(anchor),
        zone: settings.zone(),
        clock: Clock::system(),
        gateways: settings.gateway_ids(),
        fonts: settings.fonts().unwrap(),
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
    // Closed, all of it is in the one file.
    app.db().clone().close().await.unwrap();
    place
}
