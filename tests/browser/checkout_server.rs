//! A server for one checkout, in place of the network.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use api_client::{ApiError, Chunks, Client, Request, Response, Transport, TransportError};
use api_types::{Checkout, CheckoutFor, Currency, MethodId, Money};
use portico::checkout::{CheckoutHost, Intent, Presenter};

/// What was asked, and what is answered.
#[derive(Clone, Default)]
pub struct Server(Rc<Inner>);

#[derive(Default)]
struct Inner {
    asked: RefCell<Vec<Request>>,
    status: RefCell<Option<&'static str>>,
    launched: Cell<bool>,
    version: Cell<u64>,
    held: Cell<bool>,
    refusal: RefCell<Option<Refusal>>,
}

#[derive(Clone, Copy)]
pub enum Refusal {
    Away,
    PageStillOpen,
}

impl Server {
    pub fn client(&self) -> Client<Self> {
        Client::new(self.clone())
    }

    /// From now on this is true.
    pub fn says(&self, status: &'static str, launched: bool) {
        self.0.status.replace(Some(status));
        self.0.launched.set(launched);
        self.0.version.set(self.0.version.get() + 1);
    }

    /// Answers wait until they are let go.
    pub fn hold(&self, held: bool) {
        self.0.held.set(held);
    }

    /// From now on what is written is refused; what is read is answered.
    pub fn refuse(&self, refusal: Option<Refusal>) {
        self.0.refusal.replace(refusal);
    }

    /// The requests whose address ends so.
    pub fn asked(&self, ending: &str) -> Vec<Request> {
        let all = self.0.asked.borrow();
        let ours = all.iter().filter(|request| request.path.ends_with(ending));
        ours.cloned().collect()
    }

    fn body(&self) -> String {
        let (status, version) = (self.0.status.borrow(), self.0.version.get());
        format!(
            r#"{{"id":"co_1","status":"{}","for":{{"kind":"balance","currency":"EUR"}},"items":[],
            "total":{{"amount":"62.00","currency":"EUR"}},
            "surcharge":{{"amount":"0.00","currency":"EUR"}},
            "method":"card","option":null,"pay_host":"pay.example.com","instructions":null,
            "launched":{},"can_cancel":true,"failure":null,"payment":null,
            "created_at":"2026-11-22T06:00:00Z","expires_at":"2026-11-22T06:30:00Z",
            "as_of":"2026-11-22T06:00:01Z","nonce":"nonce","version":{version}}}"#,
            status.unwrap_or("open"),
            self.0.launched.get(),
        )
    }
}

impl Transport for Server {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let writes = request.body.is_some();
        self.0.asked.borrow_mut().push(request);
        while self.0.held.get() {
            gloo_timers::future::TimeoutFuture::new(5).await;
        }
        let answer = |status, body| Response {
            status,
            etag: None,
            date: None,
            body,
        };
        match *self.0.refusal.borrow() {
            Some(Refusal::Away) if writes => Err(TransportError::TimedOut),
            Some(Refusal::PageStillOpen) if writes => Ok(answer(
                409,
                r#"{"type":"about:blank","status":409,"code":"page_still_open"}"#.to_owned(),
            )),
            _ => Ok(answer(200, self.body())),
        }
    }

    async fn open(&self, _: Request) -> Result<Result<Chunks, Response>, TransportError> {
        Err(TransportError::Unreachable)
    }
}

/// An app that only counts.
pub struct Alone {
    pub presenter: Presenter,
    pub moved: Rc<Cell<u32>>,
}

impl CheckoutHost for Alone {
    fn presenter(&self) -> Presenter {
        self.presenter
    }

    fn poll_millis(&self) -> i64 {
        // What is asked here is asked for a hint.
        i64::from(i32::MAX)
    }

    fn moved(&self) {
        self.moved.set(self.moved.get() + 1);
    }

    fn failed(&self, _: &ApiError) {}

    fn notify_tabs(&self, _: &Checkout) {}
}

pub fn intent() -> Intent {
    let currency = Currency::parse("EUR").unwrap();
    Intent {
        pays_for: CheckoutFor::Balance { currency },
        method: MethodId::parse("card").unwrap(),
        option: None,
        displayed_total: Money::from_minor(6200, currency),
        window: true,
        button_id: "pay".to_owned(),
    }
}

/// What a request was sent with.
pub fn header(request: &Request, name: &str) -> Option<String> {
    let mut headers = request.headers.iter();
    headers
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value.clone())
}

/// The token that a request announces.
pub fn token(request: &Request) -> String {
    let body = request.body.clone().unwrap_or_default();
    let after = body.split(r#""launch_token":""#).nth(1).unwrap_or_default();
    after.split('"').next().unwrap_or_default().to_owned()
}
