//! What a customer does with checkouts: make one, look at it, open another
//! window to it, turn back.

use std::fmt;

use api_types::{
    Checkout, CheckoutId, CheckoutStatus, CreateLaunch, CustomerId, LaunchToken, Money, Page,
};

use super::booking::is_pointless;
pub use super::create::{Mark, create};
use super::gateway::{Ended, GatewayError};
use super::reconcile::{reconcile_within, refresh, take_in};
use super::{apply, secrets, times, transfers, view};
use crate::app::App;
use crate::db::attempts::{self, Attempt};
use crate::db::{DbError, ReadTx, TransactionError, WriteTx, checkouts, customers, launch_tokens};
use crate::points::point;

/// Why something could not be done with a checkout.
#[derive(Debug)]
pub enum CheckoutError {
    /// There is none, or it is somebody else's.
    NotFound,
    /// Paying is switched off.
    Off,
    /// There is no such way to pay.
    UnknownMethod,
    /// The launch token is not 256 random bits, or has been used before.
    BadToken,
    /// One field of the wish is wrong: its name, and what is wrong with it.
    Field(&'static str, &'static str),
    /// An amount of the wish is less than this.
    TooSmall(Money),
    /// An amount of the wish is more than this, which is the most that can be paid at once.
    TooLarge(Money),
    /// It cannot be paid now.
    NotPayable,
    /// The total on screen is not the total any more.
    TotalChanged,
    /// One of the customer's own checkouts is open on it.
    Open(CheckoutId),
    /// The customer has as many checkouts open as are allowed at once.
    TooManyOpen,
    /// The checkout is past this.
    Over,
    /// The page that is open cannot be closed at its payment provider.
    PageStillOpen,
    /// The provider cannot be reached.
    GatewayAway,
    /// Something broke here.
    Broken(DbError),
}

impl fmt::Display for CheckoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => f.write_str("there is no such checkout"),
            Self::Off => f.write_str("paying is switched off"),
            Self::UnknownMethod => f.write_str("there is no such way to pay"),
            Self::BadToken => f.write_str("the launch token cannot be used"),
            Self::Field(name, why) => write!(f, "{name} is {why}"),
            Self::TooSmall(least) => write!(f, "the amount is less than {least:?}"),
            Self::TooLarge(most) => write!(f, "the amount is more than {most:?}"),
            Self::NotPayable => f.write_str("it cannot be paid now"),
            Self::TotalChanged => f.write_str("the total has changed"),
            Self::Open(id) => write!(f, "checkout {id} is open on it"),
            Self::TooManyOpen => f.write_str("too many checkouts are open"),
            Self::Over => f.write_str("the checkout is past this"),
            Self::PageStillOpen => f.write_str("the open page cannot be closed"),
            Self::GatewayAway => GatewayError::Away.fmt(f),
            Self::Broken(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for CheckoutError {}

impl From<DbError> for CheckoutError {
    fn from(error: DbError) -> Self {
        Self::Broken(error)
    }
}

impl TransactionError for CheckoutError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Broken(error) if error.is_conflict())
    }
}

/// A customer's checkout as it is known, without asking the provider.
pub async fn known(
    app: &App,
    customer: &CustomerId,
    id: &CheckoutId,
) -> Result<Checkout, CheckoutError> {
    app.db()
        .read(async |tx: &ReadTx| {
            let (checkout, attempt) = find(tx, customer, id).await?;
            Ok(view::of(app, tx, &checkout, attempt.as_ref()).await?)
        })
        .await
}

/// A customer's checkout. Where it is not over and the provider has not been read just now,
/// the provider is read first, for a few seconds at most.
pub async fn look(
    app: &App,
    customer: &CustomerId,
    id: &CheckoutId,
) -> Result<Checkout, CheckoutError> {
    let (checkout, attempt) = app
        .db()
        .read(async |tx: &ReadTx| find(tx, customer, id).await)
        .await?;
    if let Some(attempt) = attempt {
        refresh(app, &attempt, &checkout).await?;
    }
    known(app, customer, id).await
}

/// A customer's checkouts that are not over, the newest first.
pub async fn live(app: &App, customer: &CustomerId) -> Result<Page<Checkout>, CheckoutError> {
    app.db()
        .read(async |tx: &ReadTx| {
            let mut data = Vec::new();
            for checkout in checkouts::live(tx, customer).await? {
                let attempt = attempts::of_checkout(tx, &checkout.id).await?;
                data.push(view::of(app, tx, &checkout, attempt.as_ref()).await?);
            }
            Ok(Page {
                data,
                next_cursor: None,
                previous_cursor: None,
                version: customers::version(tx, customer).await?,
            })
        })
        .await
}

/// Prepares another window, link or QR code to a checkout: its token leads there too.
pub async fn launch_again(
    app: &App,
    customer: &CustomerId,
    id: &CheckoutId,
    wish: &CreateLaunch,
) -> Result<Checkout, CheckoutError> {
    if !wish.launch_token.is_whole() {
        return Err(CheckoutError::BadToken);
    }
    app.db()
        .write(async |tx| {
            let (checkout, attempt) = find(tx, customer, id).await?;
            let can_be_paid = [CheckoutStatus::Created, CheckoutStatus::Open];
            if attempt.is_none() || !can_be_paid.contains(&checkout.status) {
                return Err(CheckoutError::Over);
            }
            add_token(app, tx, &wish.launch_token, id).await
        })
        .await?;
    known(app, customer, id).await
}

/// Keeps a launch token for a checkout. The same one again for the same checkout is fine:
/// the first answer was lost.
pub(super) async fn add_token(
    app: &App,
    tx: &WriteTx,
    token: &LaunchToken,
    checkout: &CheckoutId,
) -> Result<(), CheckoutError> {
    let hash = secrets::hash_of(token);
    match launch_tokens::made_for(tx, &hash).await? {
        Some(made_for) if made_for == *checkout => Ok(()),
        Some(_) => Err(CheckoutError::BadToken),
        None => {
            let now = app.now();
            let expires_at = times::after(now, times::TOKEN_LIVES).unwrap_or(now);
            launch_tokens::insert(tx, &hash, checkout, expires_at).await?;
            Ok(())
        }
    }
}

/// Turns back: ends the payment at the provider first, then here. Refused once pay was
/// pressed, but for a bank transfer, which only the customer can know about; a checkout that
/// is over without money stays as it is.
pub async fn cancel(
    app: &App,
    customer: &CustomerId,
    id: &CheckoutId,
) -> Result<Checkout, CheckoutError> {
    let (checkout, attempt) = app
        .db()
        .read(async |tx: &ReadTx| find(tx, customer, id).await)
        .await?;
    let Some(attempt) = attempt else {
        transfers::turn_back(app, &checkout).await?;
        return known(app, customer, id).await;
    };
    match checkout.status {
        CheckoutStatus::Created | CheckoutStatus::Open => {}
        CheckoutStatus::Failed | CheckoutStatus::Cancelled | CheckoutStatus::Expired => {
            return known(app, customer, id).await;
        }
        _ => return Err(CheckoutError::Over),
    }
    match &attempt.at_provider {
        Some(at) => cancel_there(app, &attempt, &at.id).await?,
        // Nobody has been given the address of a page that is not known here yet. Should the
        // provider make it all the same, it is called off then.
        None => {
            apply::ended(app, &attempt.id, Ended::Cancelled, None).await?;
        }
    }
    let checkout = known(app, customer, id).await?;
    let over = checkout.status.is_final() && checkout.status != CheckoutStatus::Paid;
    if over {
        Ok(checkout)
    } else {
        Err(CheckoutError::Over)
    }
}

async fn cancel_there(
    app: &App,
    attempt: &Attempt,
    provider_id: &str,
) -> Result<(), CheckoutError> {
    let gateway = app.payments().gateway(&attempt.gateway).cloned();
    let gateway = gateway.ok_or(CheckoutError::GatewayAway)?;
    point!("cancel.before");
    let answer = gateway.cancel(provider_id).await;
    point!("cancel.after");
    match answer {
        Ok(payment) => {
            take_in(app, &gateway, &attempt.id, &payment).await?;
            Ok(())
        }
        // It is past cancelling: what it is instead is read.
        Err(GatewayError::TooLate | GatewayError::Refused) => {
            reconcile_within(app, &attempt.id, times::READ_ANSWERS_WITHIN).await;
            Ok(())
        }
        // The page stays open there, so the attempt stays watched: money that comes by it is
        // honoured as late money is.
        Err(GatewayError::Unsupported) => {
            apply::ended(app, &attempt.id, Ended::Cancelled, None).await?;
            Ok(())
        }
        Err(GatewayError::Away) => Err(CheckoutError::GatewayAway),
    }
}

/// Somebody else has changed a customer's account: checkouts that ask for what cannot be paid
/// any more are read from their providers, and end there and here unless pay was pressed.
pub(crate) async fn end_pointless(app: &App, customer: &CustomerId) {
    let pointless = app
        .db()
        .read(async |tx: &ReadTx| {
            let mut pointless = Vec::new();
            for checkout in checkouts::live(tx, customer).await? {
                let items = checkouts::items(tx, &checkout).await?;
                if is_pointless(&items) {
                    pointless.extend(attempts::of_checkout(tx, &checkout.id).await?);
                }
            }
            Ok::<_, DbError>(pointless)
        })
        .await;
    match pointless {
        Ok(pointless) => {
            for attempt in pointless {
                reconcile_within(app, &attempt.id, times::READ_ANSWERS_WITHIN).await;
            }
        }
        Err(error) => tracing::error!(%error, "checkouts could not be looked after"),
    }
}

/// A customer's own checkout and the attempt that it is at, if it has one.
pub(super) async fn find(
    tx: &ReadTx,
    customer: &CustomerId,
    id: &CheckoutId,
) -> Result<(checkouts::Checkout, Option<Attempt>), CheckoutError> {
    let checkout = checkouts::find(tx, id).await?;
    let checkout = checkout
        .filter(|checkout| checkout.customer == *customer)
        .ok_or(CheckoutError::NotFound)?;
    let attempt = attempts::of_checkout(tx, id).await?;
    Ok((checkout, attempt))
}
