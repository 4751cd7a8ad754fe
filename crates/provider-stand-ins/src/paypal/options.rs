//! What a stand-in is started with, and how its customers pay.

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};

/// How a stand-in is set up. The defaults are an account with plainly invented credentials.
#[derive(Clone, Debug)]
pub struct Options {
    /// The API client's public id.
    pub client_id: String,
    /// The API client's secret.
    pub client_secret: String,
    /// The id of the account's one webhook.
    pub webhook_id: String,
    /// Where notifications go to; can be set later.
    pub webhook_url: Option<String>,
    /// Who is paid, as the pages for customers say it.
    pub merchant_name: String,
    /// The e-mail address of the account that is paid.
    pub merchant_email: String,
    /// The id of the account that is paid.
    pub merchant_id: String,
    /// Where to listen; port 0 takes any that is free.
    pub listen: SocketAddr,
    /// The origin that addresses in answers begin with; without it, where the stand-in listens.
    pub public_url: Option<String>,
    /// The value of `Cross-Origin-Opener-Policy` on the pages for customers; without it there is
    /// no such header.
    pub coop: Option<String>,
    /// How many API calls are answered in a second before others are refused.
    pub rate_limit: Option<u32>,
    /// How many signatures are verified in a second before others are refused.
    pub verify_rate_limit: Option<u32>,
    /// Whether the account refuses an invoice id that was paid before. Accounts do by default.
    pub unique_invoice_ids: bool,
    /// How many captures of one order may be declined before no other is tried.
    pub most_attempts: u32,
    /// Whether refunds wait to be settled instead of being made at once.
    pub hold_refunds: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            client_id: "stand-in-client".to_owned(),
            client_secret: "stand-in-secret".to_owned(),
            webhook_id: "3WH00000000000001".to_owned(),
            webhook_url: None,
            merchant_name: "Example Merchant".to_owned(),
            merchant_email: "merchant@example.com".to_owned(),
            merchant_id: "MERCHANT23456".to_owned(),
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            public_url: None,
            coop: Some("same-origin-allow-popups".to_owned()),
            rate_limit: None,
            verify_rate_limit: None,
            unique_invoice_ids: true,
            most_attempts: 10,
            hold_refunds: false,
        }
    }
}

/// Why a stand-in does not start.
#[derive(Debug)]
pub enum StartError {
    /// It cannot listen.
    Listen(std::io::Error),
    /// It cannot make HTTP calls.
    Client(reqwest::Error),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listen(error) => write!(f, "the stand-in cannot listen: {error}"),
            Self::Client(error) => write!(f, "the stand-in cannot make HTTP calls: {error}"),
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Listen(error) => Some(error),
            Self::Client(error) => Some(error),
        }
    }
}

/// What a customer pays with, which decides what becomes of the capture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Funding {
    /// The capture is completed at once.
    #[default]
    Balance,
    /// The capture is refused, and the customer may come back to choose another.
    DeclinedCard,
    /// The capture is pending until the bank has paid.
    ECheck,
    /// The capture is pending until the provider has looked at it.
    UnderReview,
    /// The order is completed with a capture that is declined.
    DeclinedCapture,
}

impl Funding {
    /// Every one, in the order of the page.
    pub const ALL: [Self; 5] = [
        Self::Balance,
        Self::DeclinedCard,
        Self::ECheck,
        Self::UnderReview,
        Self::DeclinedCapture,
    ];

    /// Its value in the form on the page.
    pub fn form_value(self) -> &'static str {
        match self {
            Self::Balance => "balance",
            Self::DeclinedCard => "declined_card",
            Self::ECheck => "echeck",
            Self::UnderReview => "under_review",
            Self::DeclinedCapture => "declined_capture",
        }
    }

    /// Its words on the page.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Balance => "PayPal balance",
            Self::DeclinedCard => "Card that the bank declines",
            Self::ECheck => "Bank account, by eCheck",
            Self::UnderReview => "Card that PayPal reviews first",
            Self::DeclinedCapture => "Card that is declined after all",
        }
    }
}
