//! What no rule fits: rows for the provider to decide, so that nothing is dropped silently.
//! Code that finds such a thing calls [`note`] in the transaction that stores it. However often
//! the same thing is reported, there is one row.

mod words;

use api_types::{AttemptId, CheckoutId, CustomerId, DisputeState, Money, PaymentId, Timestamp};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, Select,
};

pub use self::words::{Resolution, ReviewKind};
use super::entities::reviews::{ActiveModel, Column, Entity, Model};
use super::payments::{self, ProviderPayment};
use super::{DbError, ReadTx, WriteTx, stored};
use crate::ids;

/// What is found to fit no rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewReview {
    /// Why.
    pub kind: ReviewKind,
    /// Whose it is, if that is known.
    pub customer: Option<CustomerId>,
    /// The checkout that it is about.
    pub checkout: Option<CheckoutId>,
    /// The attempt that it is about.
    pub attempt: Option<AttemptId>,
    /// The payment that it is about.
    pub payment: Option<PaymentId>,
    /// The gateway that reported it.
    pub gateway: String,
    /// What the provider calls it: the movement of money where there is one, else its payment.
    pub provider_ref: String,
    /// What came.
    pub amount: Option<Money>,
    /// What was asked for.
    pub asked: Option<Money>,
}

/// A review as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// Its id.
    pub id: String,
    /// What was found.
    pub found: NewReview,
    /// When it was found.
    pub created_at: Timestamp,
    /// How the dispute stands, where it is about one.
    pub dispute: Option<DisputeState>,
    /// What was decided, when, and the words to it; `None` while nobody has.
    pub resolved: Option<Resolved>,
}

/// What somebody decided about a review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// When.
    pub at: Timestamp,
    /// What.
    pub resolution: Resolution,
    /// What they wrote about it.
    pub note: Option<String>,
}

/// Stores that something fits no rule. Returns `false` if that was stored before; then, as long as
/// nobody has decided about it, the amount is replaced by the new one, and the payment if one is
/// given.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn note(tx: &WriteTx, new: &NewReview, now: Timestamp) -> Result<bool, DbError> {
    let row = ActiveModel {
        id: Set(ids::review()),
        kind: Set(new.kind.as_str().to_owned()),
        customer_id: Set(text(new.customer.as_ref())),
        checkout_id: Set(text(new.checkout.as_ref())),
        attempt_id: Set(text(new.attempt.as_ref())),
        payment_id: Set(text(new.payment.as_ref())),
        gateway: Set(new.gateway.clone()),
        provider_ref: Set(new.provider_ref.clone()),
        amount_minor: Set(new.amount.map(|amount| amount.minor())),
        currency: Set(code(new.amount)),
        asked_minor: Set(new.asked.map(|asked| asked.minor())),
        asked_currency: Set(code(new.asked)),
        created_at: Set(now.as_millis()),
        resolved_at: Set(None),
        resolution: Set(None),
        note: Set(None),
    };
    let known = OnConflict::columns([Column::Kind, Column::Gateway, Column::ProviderRef])
        .do_nothing()
        .to_owned();
    let added = Entity::insert(row)
        .on_conflict(known)
        .exec_without_returning(tx.conn())
        .await?;
    if added == 0 {
        came_meanwhile(tx, new).await?;
    }
    Ok(added > 0)
}

async fn came_meanwhile(tx: &WriteTx, new: &NewReview) -> Result<(), DbError> {
    let amount = new.amount.map(|amount| amount.minor());
    let mut update = Entity::update_many()
        .col_expr(Column::AmountMinor, Expr::value(amount))
        .col_expr(Column::Currency, Expr::value(code(new.amount)));
    if let Some(payment) = &new.payment {
        update = update.col_expr(Column::PaymentId, Expr::value(payment.as_str()));
    }
    update
        .filter(Column::Kind.eq(new.kind.as_str()))
        .filter(Column::Gateway.eq(new.gateway.as_str()))
        .filter(Column::ProviderRef.eq(new.provider_ref.as_str()))
        .filter(Column::ResolvedAt.is_null())
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// The reviews that nobody has decided about, or all of them, the oldest first.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if an amount is
/// beyond its bound; otherwise as the database fails.
pub async fn list(tx: &ReadTx, all: bool) -> Result<Vec<Review>, DbError> {
    let mut rows = Entity::find();
    if !all {
        rows = rows.filter(Column::ResolvedAt.is_null());
    }
    read(tx, rows).await
}

/// The review with an id.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if an amount is
/// beyond its bound; otherwise as the database fails.
pub async fn find(tx: &ReadTx, id: &str) -> Result<Option<Review>, DbError> {
    let row = Entity::find_by_id(id).one(tx.conn()).await?;
    Ok(reviews(tx, row.into_iter().collect()).await?.pop())
}

/// The review of a kind about what a provider knows by this reference.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if an amount is
/// beyond its bound; otherwise as the database fails.
pub async fn about(
    tx: &ReadTx,
    kind: ReviewKind,
    gateway: &str,
    provider_ref: &str,
) -> Result<Option<Review>, DbError> {
    let row = Entity::find()
        .filter(Column::Kind.eq(kind.as_str()))
        .filter(Column::Gateway.eq(gateway))
        .filter(Column::ProviderRef.eq(provider_ref))
        .one(tx.conn())
        .await?;
    Ok(reviews(tx, row.into_iter().collect()).await?.pop())
}

/// The reviews of a checkout, decided or not, the oldest first.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if an amount is
/// beyond its bound; otherwise as the database fails.
pub async fn of_checkout(tx: &ReadTx, id: &CheckoutId) -> Result<Vec<Review>, DbError> {
    let of = Entity::find().filter(Column::CheckoutId.eq(id.as_str()));
    read(tx, of).await
}

/// The reviews of a payment, decided or not, the oldest first.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if an amount is
/// beyond its bound; otherwise as the database fails.
pub async fn of_payment(tx: &ReadTx, id: &PaymentId) -> Result<Vec<Review>, DbError> {
    let of = Entity::find().filter(Column::PaymentId.eq(id.as_str()));
    read(tx, of).await
}

/// Stores what was decided. Returns `false`, and changes nothing, if somebody had decided before. A
/// review that was only noted can still be decided.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn resolve(
    tx: &WriteTx,
    id: &str,
    resolution: Resolution,
    note: Option<&str>,
    now: Timestamp,
) -> Result<bool, DbError> {
    let noted = Column::Resolution.eq(Resolution::Noted.as_str());
    let undecided = Condition::any()
        .add(Column::ResolvedAt.is_null())
        .add(noted);
    let changed = Entity::update_many()
        .col_expr(Column::ResolvedAt, Expr::value(now.as_millis()))
        .col_expr(Column::Resolution, Expr::value(resolution.as_str()))
        .col_expr(Column::Note, Expr::value(note))
        .filter(Column::Id.eq(id))
        .filter(undecided)
        .exec(tx.conn())
        .await?;
    Ok(changed.rows_affected > 0)
}

/// What a review waited for has come to its end by itself: it is noted, with these words, unless
/// somebody has decided before.
///
/// # Errors
///
/// [`DbError`] where the database fails.
pub async fn settle(
    tx: &WriteTx,
    (kind, gateway, provider_ref): (ReviewKind, &str, &str),
    words: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    let review = about(tx, kind, gateway, provider_ref).await?;
    if let Some(review) = review.filter(|review| review.resolved.is_none()) {
        resolve(tx, &review.id, Resolution::Noted, Some(words), now).await?;
    }
    Ok(())
}

async fn read(tx: &ReadTx, rows: Select<Entity>) -> Result<Vec<Review>, DbError> {
    let rows = rows
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .all(tx.conn())
        .await?;
    reviews(tx, rows).await
}

async fn reviews(tx: &ReadTx, rows: Vec<Model>) -> Result<Vec<Review>, DbError> {
    let mut all = Vec::new();
    for row in rows {
        let mut review = review(row)?;
        if review.found.kind == ReviewKind::Dispute {
            let provider = ProviderPayment {
                gateway: review.found.gateway.clone(),
                id: review.found.provider_ref.clone(),
            };
            review.dispute = payments::dispute_state(tx, &provider).await?;
        }
        all.push(review);
    }
    Ok(all)
}

fn review(row: Model) -> Result<Review, DbError> {
    let money = |minor: Option<i64>, currency: Option<&str>| {
        let parts = minor.zip(currency);
        parts
            .map(|(minor, currency)| stored::money(minor, currency))
            .transpose()
    };
    let resolved = match row.resolved_at.zip(row.resolution.as_deref()) {
        Some((at, resolution)) => Some(Resolved {
            at: stored::instant(at)?,
            resolution: stored::parse(resolution)?,
            note: row.note,
        }),
        None => None,
    };
    Ok(Review {
        found: NewReview {
            kind: stored::parse(&row.kind)?,
            customer: stored::parsed_option(row.customer_id.as_deref())?,
            checkout: stored::parsed_option(row.checkout_id.as_deref())?,
            attempt: stored::parsed_option(row.attempt_id.as_deref())?,
            payment: stored::parsed_option(row.payment_id.as_deref())?,
            amount: money(row.amount_minor, row.currency.as_deref())?,
            asked: money(row.asked_minor, row.asked_currency.as_deref())?,
            gateway: row.gateway,
            provider_ref: row.provider_ref,
        },
        id: row.id,
        created_at: stored::instant(row.created_at)?,
        dispute: None,
        resolved,
    })
}

fn text(id: Option<&impl ToString>) -> Option<String> {
    id.map(ToString::to_string)
}

fn code(money: Option<Money>) -> Option<String> {
    money.map(|money| money.currency().code().to_owned())
}
