//! The contract, spoken by the browser's own client to the backend's real
//! router: as guest, as customer, and as somebody else, who sees nothing.

mod account;
mod booking;
mod calendar;
mod checkouts;
mod reading;
mod sessions;
mod transport;

use api_client::{ApiError, Client};
use api_types::{Code, CreateSession, Password};
use backend::app::App;
use sandbox_gateway::{Gateway, GatewaySettings};
use tempfile::TempDir;
use tokio::net::TcpListener;

use crate::sample_data::{self, Customer, PASSWORD};
use transport::InProcess;

type Caller = Client<InProcess>;

/// A backend with the samples, and a sandbox gateway for it to talk to.
struct Provider {
    app: App,
    _gateway: Gateway,
    _folder: TempDir,
}

impl Provider {
    async fn open() -> Self {
        let (key, secret) = (
            "api-key-of-the-contract-tests",
            "webhook-secret-of-the-contract",
        );
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let gateway = Gateway::start(listener, GatewaySettings::new(key, secret))
            .await
            .unwrap();
        let folder = tempfile::tempdir().unwrap();
        let settings = sample_data::settings(
            (8080, gateway.url()),
            (folder.path(), folder.path()),
            (key, secret),
        );
        let app = sample_data::open(settings).await;
        Self {
            app,
            _gateway: gateway,
            _folder: folder,
        }
    }

    /// A browser in which nobody is signed in.
    fn guest(&self) -> Caller {
        Client::new(InProcess::new(self.app.router(), "http://localhost:8080"))
    }

    /// A browser in which this customer is signed in.
    async fn signed_in(&self, customer: &Customer) -> Caller {
        let guest = self.guest();
        let request = credentials(customer.email, PASSWORD);
        let session = guest.create_session(&request).await.unwrap();
        assert_eq!(session.customer.as_str(), customer.id);
        guest.about(session.customer)
    }
}

fn credentials(email: &str, password: &str) -> CreateSession {
    CreateSession {
        email: email.to_owned(),
        password: Password(password.to_owned()),
    }
}

/// What a call was refused with.
fn refused<T: std::fmt::Debug>(answer: Result<T, ApiError>) -> Code {
    match answer {
        Err(error) => error.code().unwrap_or_else(|| panic!("{error}")),
        Ok(value) => panic!("it was let through: {value:?}"),
    }
}
