//! What a request asks for: its address and parameters, read and checked before anything is done.

use axum::http::Method;
use serde_json::Value;

use super::currency::Currency;
use super::error::ApiError;
use super::expand::Expansions;
use super::lists::{self, Page};
use super::params::Fields;
use super::render::Moment;
use super::reversing::{NewRefund, wrong_step};
use super::session::{LONGEST, SHORTEST, Session, Status};
use super::session_params::NewSession;
use super::shared::Shared;
use super::state::{Kind, State};
use super::version::Version;

/// An endpoint with its parameters.
enum Operation {
    Get(Kind, String),
    List(Page, String),
    Create(Box<NewSession>),
    Expire(String),
    Refund(NewRefund),
}

/// A request that can be carried out.
pub(super) struct Command {
    operation: Operation,
    expansions: Expansions,
    live: bool,
}

impl Command {
    /// Reads a request of a caller of one mode.
    pub(super) fn read(
        (method, path): (&Method, &str),
        mut fields: Fields,
        (live, version): (bool, &Version),
    ) -> Result<Self, ApiError> {
        let steps: Vec<&str> = path.trim_start_matches("/v1/").split('/').collect();
        let get = *method == Method::GET;
        let post = *method == Method::POST;
        let (kind, rest) = match steps.as_slice() {
            ["checkout", "sessions", rest @ ..] => (Kind::Session, rest),
            ["payment_intents", rest @ ..] => (Kind::Intent, rest),
            ["charges", rest @ ..] => (Kind::Charge, rest),
            ["refunds", rest @ ..] => (Kind::Refund, rest),
            ["disputes", rest @ ..] => (Kind::Dispute, rest),
            ["balance_transactions", rest @ ..] => (Kind::Txn, rest),
            ["events", rest @ ..] => (Kind::Event, rest),
            _ => return Err(unknown(method, path)),
        };
        let list = get && rest.is_empty();
        let expansions = Expansions::read(&mut fields, kind, list)?;
        let operation = match (kind, rest) {
            (_, []) if get => Operation::List(Page::read(&mut fields, kind)?, path.to_owned()),
            (_, [id]) if get && !id.is_empty() => Operation::Get(kind, (*id).to_owned()),
            (Kind::Session, []) if post => {
                let session = NewSession::read(fields, version)?;
                let operation = Operation::Create(Box::new(session));
                return Ok(Self {
                    operation,
                    expansions,
                    live,
                });
            }
            (Kind::Session, [id, "expire"]) if post => Operation::Expire((*id).to_owned()),
            (Kind::Refund, []) if post => Operation::Refund(read_refund(&mut fields)?),
            _ => return Err(unknown(method, path)),
        };
        fields.finish()?;
        Ok(Self {
            operation,
            expansions,
            live,
        })
    }

    /// Carries it out.
    pub(super) fn run(self, shared: &Shared, at: &Moment) -> Result<Value, ApiError> {
        // Events are written in the account's version, the answer in the request's.
        let told = Moment {
            version: shared.version.clone(),
            ..at.clone()
        };
        let live = self.live;
        shared.with(&told, |state| {
            let mut answer = match self.operation {
                Operation::Get(kind, id) => state.get(kind, &id, live, at)?,
                Operation::List(page, url) => {
                    let (mut data, more) = page.of(state, live, at)?;
                    for object in &mut data {
                        self.expansions.apply(object, state, at);
                    }
                    return Ok(lists::json(data, more, &url));
                }
                Operation::Create(asked) => {
                    let session = create(*asked, live, shared, at)?;
                    let json = session.json(at);
                    state.sessions.push(session);
                    json
                }
                Operation::Expire(id) => {
                    expire(state, &id, live, &told)?;
                    state.get(Kind::Session, &id, live, at)?
                }
                Operation::Refund(asked) => {
                    let id = state.refund(asked, live, &told)?;
                    state.get(Kind::Refund, &id, live, at)?
                }
            };
            self.expansions.apply(&mut answer, state, at);
            Ok(answer)
        })
    }
}

fn unknown(method: &Method, path: &str) -> ApiError {
    ApiError::invalid(format!(
        "Unrecognized request URL ({method}: {path}). Please see https://stripe.com/docs or we can \
         help at https://support.stripe.com/."
    ))
    .status(axum::http::StatusCode::NOT_FOUND)
}

fn read_refund(fields: &mut Fields) -> Result<NewRefund, ApiError> {
    fields.not_here(
        "currency customer instructions_email origin refund_application_fee reverse_transfer",
    )?;
    let reasons = ["duplicate", "fraudulent", "requested_by_customer"];
    let refund = NewRefund {
        intent: fields.text("payment_intent")?,
        charge: fields.text("charge")?,
        amount: fields.integer("amount", 1)?,
        reason: fields.word("reason", &reasons)?,
        metadata: fields.metadata()?,
    };
    if refund.intent.is_none() && refund.charge.is_none() {
        return Err(ApiError::invalid(
            "One of the following params should be provided for this request: payment_intent or \
             charge.",
        )
        .code("parameter_missing"));
    }
    Ok(refund)
}

fn create(
    asked: NewSession,
    live: bool,
    shared: &Shared,
    at: &Moment,
) -> Result<Session, ApiError> {
    let refused = |message: &str| Err(ApiError::invalid(message).param("expires_at").executed());
    match asked.expires_at.map(|end| end - at.now) {
        Some(time) if time < SHORTEST => {
            return refused(
                "The `expires_at` timestamp must be at least 30 minutes from Checkout Session \
                 creation.",
            );
        }
        Some(time) if time > LONGEST => {
            return refused(
                "The `expires_at` timestamp must be less than 24 hours from Checkout Session \
                 creation.",
            );
        }
        _ => {}
    }
    let total = total(&asked)?;
    let methods = asked
        .methods
        .resolve(&asked.currency, shared.options.delayed_methods)?;
    let origin = (live, shared.origin.as_str(), at.now);
    Ok(Session::new(asked, (methods, total), origin))
}

fn total(asked: &NewSession) -> Result<i64, ApiError> {
    let currency: &Currency = &asked.currency;
    let code = currency.code();
    let mut amounts = asked.items.iter();
    let total = amounts.try_fold(0_i64, |sum, item| sum.checked_add(item.amount()?));
    let Some(total) = total.filter(|total| *total <= currency.most()) else {
        let most = currency.show(currency.most());
        return Err(ApiError::invalid(format!(
            "The Checkout Session's total amount due must be no more than {most} {code}"
        ))
        .code("amount_too_large")
        .executed());
    };
    if total % currency.step() != 0 {
        let error = ApiError::invalid(wrong_step(currency)).param("line_items");
        return Err(error.executed());
    }
    // An order that costs nothing needs no payment.
    if total != 0 && total < currency.least() {
        let least = currency.show(currency.least());
        return Err(ApiError::invalid(format!(
            "The Checkout Session's total amount due must add up to at least {least} {code}"
        ))
        .code("amount_too_small")
        .executed());
    }
    Ok(total)
}

fn expire(state: &mut State, id: &str, live: bool, at: &Moment) -> Result<(), ApiError> {
    state.get(Kind::Session, id, live, at)?;
    let status = state.session(id).map(|session| session.status);
    match status {
        Some(Status::Open) => {
            state.expire(id, at);
            Ok(())
        }
        status => {
            let word = status.map_or("unknown", Status::word);
            Err(ApiError::invalid(format!(
                "Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout \
                 Session has a status of `{word}`."
            ))
            .executed())
        }
    }
}
