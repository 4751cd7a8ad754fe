//! The contract, spoken by the browser's own client to the backend's real
//! router: as guest, as customer, and as somebody else, who sees nothing.

mod account;
mod booking;
mod calendar;
mod checkouts;
mod description;
mod every_endpoint;
mod reading;
mod sessions;
mod transport;

use api_client::{ApiError, Client, Method, Request, Response, Transport};
use api_types::{Code, CreateSession, Password, REQUEST_HEADER};
use backend::app::App;
use sandbox_gateway::{Gateway, GatewaySettings};
use tempfile::TempDir;
use tokio::net::TcpListener;

use test_support::sample_data::{self, Customer, PASSWORD};
use transport::{Answered, InProcess};

type Caller = Client<InProcess>;

/// A backend with the samples, and a sandbox gateway for it to talk to.
struct Provider {
    app: App,
    answered: Answered,
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
            answered: Answered::default(),
            _gateway: gateway,
            _folder: folder,
        }
    }

    /// A browser in which nobody is signed in.
    fn guest(&self) -> Caller {
        Client::new(self.browser())
    }

    /// A browser in which nobody is signed in, for what the portal's client does not ask.
    fn browser(&self) -> InProcess {
        let answered = self.answered.clone();
        InProcess::new(
            backend::http::router(&self.app),
            "http://localhost:8080",
            answered,
        )
    }

    /// What a browser in which nobody is signed in is answered, by an address below the API's.
    async fn ask(&self, method: Method, path: &str, body: Option<serde_json::Value>) -> Response {
        let mut headers = Vec::new();
        if method != Method::Get {
            headers.push((REQUEST_HEADER, "1".to_owned()));
        }
        let request = Request {
            method,
            path: path.to_owned(),
            headers,
            body: body.map(|body| body.to_string()),
        };
        self.browser().send(request).await.unwrap()
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
