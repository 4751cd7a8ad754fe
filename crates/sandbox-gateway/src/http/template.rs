//! The pages as values; their HTML stands in `templates/`.

use std::sync::LazyLock;

use askama::Template;
use sha2::{Digest, Sha256};

use super::assets::STYLE;
use crate::card::{CardEntry, EntryErrors, NAMED_CARDS, NamedCard};
use crate::payment::{Failure, Payment, Status};
use crate::signature::hex;
use crate::wallet::{NAMED_WALLETS, NamedWallet, WalletEntry};

/// The stylesheet's address changes with its content.
static STYLE_ADDRESS: LazyLock<String> = LazyLock::new(|| {
    let hash = hex(&Sha256::digest(STYLE));
    format!("/assets/style.css?v={}", hash.get(..12).unwrap_or(&hash))
});

/// The page with the form.
#[derive(Template)]
#[template(path = "pay.html")]
pub struct PayPage<'a> {
    payment: &'a Payment,
    entry: &'a CardEntry,
    errors: &'a EntryErrors,
    declined: Option<&'static str>,
    cards: &'static [NamedCard],
    style: &'static str,
}

impl<'a> PayPage<'a> {
    /// The form for an open payment: empty, or as it was typed with what is wrong about it.
    pub fn new(payment: &'a Payment, entry: &'a CardEntry, errors: &'a EntryErrors) -> Self {
        let wrong = *errors != EntryErrors::default();
        // What is wrong with this try matters more than why the last one failed.
        let declined = payment.failure.filter(|_| !wrong).map(failure_words);
        Self {
            payment,
            entry,
            errors,
            declined,
            cards: &NAMED_CARDS,
            style: &STYLE_ADDRESS,
        }
    }

    /// Whether the form has faults, for the title that is read first.
    fn wrong(&self) -> bool {
        *self.errors != EntryErrors::default()
    }

    /// The name of the field that takes the keyboard first: the first one with a fault.
    fn focus(&self) -> &'static str {
        match self.errors {
            EntryErrors {
                number: Some(_), ..
            } => "number",
            EntryErrors {
                expiry: Some(_), ..
            } => "expiry",
            EntryErrors { code: Some(_), .. } => "code",
            _ if self.declined.is_some() => "number",
            _ => "",
        }
    }
}

/// The page on which a wallet approves.
#[derive(Template)]
#[template(path = "wallet.html")]
pub struct WalletPage<'a> {
    payment: &'a Payment,
    name: &'a str,
    entry: &'a WalletEntry,
    error: Option<&'static str>,
    declined: Option<&'static str>,
    wallets: &'static [NamedWallet],
    style: &'static str,
}

impl<'a> WalletPage<'a> {
    /// The form for an open payment by a wallet of this name: empty, or as it was typed with
    /// what is wrong about it.
    pub fn new(
        payment: &'a Payment,
        name: &'a str,
        entry: &'a WalletEntry,
        error: Option<&'static str>,
    ) -> Self {
        let declined = payment.failure.filter(|_| error.is_none());
        Self {
            payment,
            name,
            entry,
            error,
            declined: declined.map(wallet_failure_words),
            wallets: &NAMED_WALLETS,
            style: &STYLE_ADDRESS,
        }
    }

    /// Whether the field takes the keyboard first.
    fn focus(&self) -> bool {
        self.error.is_some() || self.declined.is_some()
    }
}

fn wallet_failure_words(failure: Failure) -> &'static str {
    match failure {
        Failure::CardDeclined | Failure::ExpiredCard => "Your wallet declined this payment.",
        Failure::InsufficientFunds => "There is not enough money in this wallet.",
    }
}

fn failure_words(failure: Failure) -> &'static str {
    match failure {
        Failure::CardDeclined => "Your bank declined this card.",
        Failure::InsufficientFunds => "There is not enough money on this card.",
        Failure::ExpiredCard => "This card has expired.",
    }
}

/// The page after the form: how it ended, and the way back.
#[derive(Template)]
#[template(path = "closing.html")]
pub struct ClosingPage<'a> {
    payment: &'a Payment,
    heading: &'static str,
    tone: &'static str,
    returns: bool,
    moves_on: bool,
    style: &'static str,
}

impl<'a> ClosingPage<'a> {
    /// The page for a payment that is not open any more; `returns` says whether there is a way
    /// back, `moves_on` whether it is taken without a click.
    pub fn new(payment: &'a Payment, returns: bool, moves_on: bool) -> Self {
        let (heading, tone) = match payment.status {
            Status::Paid => ("Payment confirmed", "done"),
            Status::Processing => ("Payment on its way", "wait"),
            Status::Expired => ("This payment page has expired", "over"),
            Status::Open | Status::Failed | Status::Cancelled => ("Payment not made", "over"),
        };
        Self {
            payment,
            heading,
            tone,
            returns,
            moves_on,
            style: &STYLE_ADDRESS,
        }
    }

    /// What arrived, or else what was asked for.
    fn amount(&self) -> String {
        let order = &self.payment.order;
        let amount = self.payment.amount_received.unwrap_or(order.amount);
        let received = self.payment.currency_received.as_ref();
        let currency = received.unwrap_or(&order.currency);
        format!("{currency} {amount}")
    }
}

/// A page that says one thing.
#[derive(Template)]
#[template(path = "notice.html")]
pub struct NoticePage {
    heading: &'static str,
    text: &'static str,
    cards: &'static [NamedCard],
    style: &'static str,
}

impl NoticePage {
    /// A page about something that is not there or did not work.
    pub fn new(heading: &'static str, text: &'static str) -> Self {
        Self {
            heading,
            text,
            cards: &[],
            style: &STYLE_ADDRESS,
        }
    }

    /// The gateway's front page, with the cards that it takes.
    pub fn front() -> Self {
        let text = "Payments start at a merchant, who sends you here to pay.";
        Self {
            cards: &NAMED_CARDS,
            ..Self::new("A payment provider for tests", text)
        }
    }
}
