//! The pages' templates and what they show.

use askama::Template;

use super::cards::{CARDS, TestCard};
use super::entry::{Entry, Wrong};
use super::methods::{self, Debit};
use super::session::Session;

/// The form to pay with.
#[derive(Template)]
#[template(path = "stripe/pay.html")]
pub(super) struct PayPage<'a> {
    id: &'a str,
    amount: String,
    names: Vec<&'a str>,
    declined: Option<&'a str>,
    free: bool,
    asks_email: bool,
    takes_cards: bool,
    goes_back: bool,
    submit: &'static str,
    debits: Vec<&'static Debit>,
    cards: &'static [TestCard],
    entry: Entry,
    wrong: Wrong,
}

impl<'a> PayPage<'a> {
    pub(super) fn new(
        session: &'a Session,
        declined: Option<&'a str>,
        entry: Entry,
        wrong: Wrong,
    ) -> Self {
        let words = session.methods.iter();
        let names = session.asked.items.iter().map(|item| item.name.as_str());
        Self {
            id: &session.id,
            amount: session.amount(),
            names: names.collect(),
            declined,
            free: session.total == 0,
            asks_email: session.asked.customer_email.is_none(),
            takes_cards: session.methods.iter().any(|word| word == "card"),
            goes_back: session.asked.cancel_url.is_some(),
            submit: match session.asked.submit_type.as_deref() {
                Some("book") => "Book",
                Some("donate") => "Donate",
                _ => "Pay",
            },
            debits: words.filter_map(|word| methods::debit(word)).collect(),
            cards: &CARDS,
            entry,
            wrong,
        }
    }

    fn wrong(&self, field: &str) -> Option<&'static str> {
        let (name, text) = self.wrong?;
        (name == field).then_some(text)
    }
}

/// The bank's question.
#[derive(Template)]
#[template(path = "stripe/authenticate.html")]
pub(super) struct AuthenticatePage {
    pub id: String,
    pub amount: String,
}

/// A page that says one thing.
#[derive(Template)]
#[template(path = "stripe/notice.html")]
pub(super) struct NoticePage {
    pub heading: &'static str,
    pub text: &'static str,
}
