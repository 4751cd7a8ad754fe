//! A whole site for one test: backend, database and gateway of its own, on
//! ports of their own, with the sample data.

use std::path::{Path, PathBuf};
use std::time::Duration;

use api_types::{EventId, Timestamp};
use backend::app::App;
use backend::clock::Clock;
use backend::db::{Db, DbError, ReadTx, WriteTx, booking, ledger};
use backend::import::{Options, import};
use backend::payments::{refunds, transfers};
use backend::serve::serve;
use backend::settings::{CheckoutLimits, Requests, Settings};
use provider_stand_ins::paypal::PayPal;
use provider_stand_ins::stripe::Stripe;
use sandbox_gateway::{Faults, Gateway, GatewaySettings, Status};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::instrument;
use test_support::{
    CARDS, PAYPAL, add_providers, sample_data, start_paypal, start_stripe, usual_coop,
};

/// How long a slow card's money is on its way: long enough to be seen so.
const SLOW_CARD_TAKES: Duration = Duration::from_secs(3);

/// What is special about a site.
pub struct SiteOptions {
    pub faults: Faults,
    pub push: bool,
    /// The portal's `Cross-Origin-Opener-Policy`.
    pub coop: &'static str,
    /// How often an open checkout is asked about by the clock.
    pub poll_seconds: u16,
    /// How much can be paid at once, and how often.
    pub limits: CheckoutLimits,
    /// Runs in the portal's page before the portal does.
    pub script: Option<String>,
    /// Whether it can be paid at Stripe and PayPal too.
    pub providers: bool,
    /// The policy of their pages.
    pub provider_coop: Option<String>,
}

impl Default for SiteOptions {
    fn default() -> Self {
        Self {
            faults: Faults::default(),
            push: true,
            coop: "same-origin-allow-popups",
            poll_seconds: 3,
            limits: CheckoutLimits::default(),
            script: None,
            providers: false,
            provider_coop: usual_coop(),
        }
    }
}

/// A running site. Dropping it stops it.
pub struct Site {
    /// Its address, with no slash at the end.
    pub portal: String,
    gateway: Gateway,
    /// The stand-ins for Stripe and PayPal, where it can be paid there.
    providers: Option<(Stripe, PayPal)>,
    app: App,
    stop: oneshot::Sender<()>,
    served: JoinHandle<std::io::Result<()>>,
    settings: Settings,
    folder: TempDir,
}

impl Site {
    pub async fn start() -> Self {
        Self::with(SiteOptions::default()).await
    }

    pub async fn with(options: SiteOptions) -> Self {
        let (api_key, webhook_secret) = (
            "api-key-of-the-whole-site-tests",
            "webhook-secret-of-the-whole-site-tests",
        );
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let gateway = Gateway::start(
            listener,
            GatewaySettings {
                faults: options.faults,
                slow_card_takes: SLOW_CARD_TAKES,
                ..GatewaySettings::new(api_key, webhook_secret)
            },
        )
        .await
        .unwrap();
        let folder = tempfile::tempdir().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let mut settings = sample_data::settings(
            (port, gateway.url()),
            (&dist(), folder.path()),
            (api_key, webhook_secret),
        );
        settings.features.push = options.push;
        settings.security.coop = options.coop.to_owned();
        settings.checkout.poll_seconds = options.poll_seconds;
        settings.checkout_limits = options.limits;
        let providers = match options.providers {
            true => {
                let coop = options.provider_coop;
                Some((start_stripe(coop.clone()).await, start_paypal(coop).await))
            }
            false => None,
        };
        if let Some((stripe, paypal)) = &providers {
            let webhooks = format!("http://localhost:{port}/api/v1/webhooks");
            stripe.set_webhook_url(Some(&format!("{webhooks}/{CARDS}")));
            paypal.set_webhook_url(Some(format!("{webhooks}/{PAYPAL}")));
            // The sandbox's own card would be another one of the same name.
            settings
                .methods
                .retain(|method| method.id.as_str() != "card");
            add_providers(&mut settings, &stripe.url(), &paypal.url());
        }
        if let Some(script) = options.script {
            settings.dist = folder.path().join("dist");
            instrument::copy(&dist(), &settings.dist, &script);
        }
        let app = sample_data::open(settings.clone()).await;
        let (stop, stopped) = oneshot::channel();
        let served = tokio::spawn(serve(app.clone(), listener, async {
            // A dropped site stops as well.
            let _ = stopped.await;
        }));
        Self {
            portal: format!("http://localhost:{port}"),
            gateway,
            providers,
            app,
            stop,
            served,
            settings,
            folder,
        }
    }

    /// The stand-in for Stripe.
    pub fn stripe(&self) -> &Stripe {
        let (stripe, _) = self.providers.as_ref().expect("it has providers");
        stripe
    }

    /// The stand-in for PayPal.
    pub fn paypal(&self) -> &PayPal {
        let (_, paypal) = self.providers.as_ref().expect("it has providers");
        paypal
    }

    /// What `backend refund` does: so much of a payment goes back.
    pub async fn refund(&self, payment: &str, amount: &str) {
        let payment = payment.parse().unwrap();
        let refund = refunds::refund(&self.app, &payment, Some(amount)).await;
        assert!(refund.unwrap().status.is_some());
    }

    /// When the newest payment at the provider came to an end, in milliseconds since 1970: was
    /// paid, or else ended in any way; `None` until then.
    pub fn ended_at_the_provider(&self, paid: bool) -> Option<i64> {
        let happened = self.gateway.status_changes();
        let ended = |status| match paid {
            true => status == Status::Paid,
            false => !matches!(status, Status::Open | Status::Processing),
        };
        let mut ends = happened.iter().rev().filter(|it| ended(it.status));
        ends.next().map(|it| it.at)
    }

    /// How many entries a customer's ledger has.
    pub async fn entries(&self, customer: &str) -> u64 {
        let customer = customer.parse().unwrap();
        let db = self.database().await;
        let entries = db
            .read(async |tx: &ReadTx| ledger::count(tx, &customer).await)
            .await;
        db.close().await.unwrap();
        entries.unwrap()
    }

    /// What `backend settle-payment` does: the newest transfer of a customer has come.
    pub async fn settle_newest_transfer(&self, customer: &str) {
        let db = self.database().await;
        let pending = transfers::pending(&db).await.unwrap();
        let mut of_customer = pending.iter().rev();
        let newest = of_customer
            .find(|transfer| transfer.customer.as_str() == customer)
            .expect("a transfer is waited for");
        let at = (Requests::Book, Clock::system().now());
        transfers::settle(&db, &newest.payment, None, at)
            .await
            .unwrap();
        db.close().await.unwrap();
    }

    /// What `backend import` does: the provider has taken cash at the desk.
    pub async fn import_payment(&self, customer: &str, euro: &str) {
        let files = self.folder.path().join("nightly");
        std::fs::create_dir(&files).unwrap();
        let payment = format!(
            "id,customer,created_at,completed_at,total,currency,status,description\n\
             P-desk,{customer},2026-11-21T09:00,2026-11-21T09:00,{euro},EUR,completed,Cash\n"
        );
        std::fs::write(files.join("payments.csv"), payment).unwrap();
        let options = Options {
            update: false,
            anchor: None,
            zone: self.settings.zone(),
            clock: Clock::system(),
            gateways: self.settings.gateway_ids(),
            fonts: self.settings.fonts().unwrap(),
        };
        let db = self.database().await;
        import(&db, &files, &options).await.unwrap();
        db.close().await.unwrap();
    }

    /// What `backend answer` does: the provider writes to a customer about an event.
    pub async fn answer_message(&self, event: &str, text: &str) {
        let event = EventId::parse(event).unwrap();
        self.as_provider(async |tx, now| booking::answer(tx, &event, ("Answer", text), now).await)
            .await;
    }

    /// What `backend set-video` does: a video session has an address now.
    pub async fn set_video(&self, event: &str, address: &str) {
        let event = EventId::parse(event).unwrap();
        self.as_provider(async |tx, now| booking::set_video(tx, &event, address, now).await)
            .await;
    }

    /// Does in another process's name what the provider does.
    async fn as_provider(
        &self,
        deed: impl AsyncFnOnce(&WriteTx, Timestamp) -> Result<(), DbError> + Clone,
    ) {
        let db = self.database().await;
        let now = Clock::system().now();
        db.write(async |tx| deed(tx, now).await).await.unwrap();
        db.close().await.unwrap();
    }

    /// The database as another process has it.
    async fn database(&self) -> Db {
        Db::open(&self.settings.database).await.unwrap()
    }

    /// Stops the backend, as when a server goes away, and waits until it has.
    pub async fn stop(self) {
        self.stop.send(()).unwrap();
        self.served.await.unwrap().unwrap();
    }
}

/// The built app.
fn dist() -> PathBuf {
    let named = std::env::var_os("PORTICO_DIST").map(PathBuf::from);
    let dist = named.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("dist"));
    let index = dist.join("index.html");
    assert!(
        index.is_file(),
        "{} is missing; run `cargo xtask build`",
        index.display()
    );
    dist
}
