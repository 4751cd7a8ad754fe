//! Attempts: one try of a checkout at one payment provider. The row is there
//! before the provider is asked, so that nothing the provider says is unknown.
//!
//! A checkout is at one attempt at a time. The attempts that it was at before are superseded,
//! and are watched on: money may still come by them.

mod write;

use std::fmt;

use api_types::{
    AttemptId, CheckoutId, MethodId, MethodKind, Money, OptionId, PaidBy, PaymentId, Timestamp,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::entities::attempts::{Column, Entity, Model};
use super::{DbError, ReadTx, stored};

pub use write::{
    NewAttempt, claim_read, insert, leave, read_next_at, read_soon, reading, record_answer,
    record_opened, record_returned, set_payment, supersede,
};

/// What is stored as status before the provider has said anything.
const NEW: &str = "new";

/// What an attempt asks for, and how it is paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentTerms {
    /// What the customer pays, with the method's price.
    pub total: Money,
    /// The part of it that is the method's price.
    pub surcharge: Money,
    /// How.
    pub method: MethodId,
    /// Which of the method's options.
    pub option: Option<OptionId>,
    /// How, as the customer sees it.
    pub paid_by: PaidBy,
}

impl PaymentTerms {
    /// The part of some money that is the method's price, which is taken out of it first.
    pub fn surcharge_in(&self, money: Money) -> Money {
        let price = self.surcharge;
        let minor = if price.currency() == money.currency() {
            price.minor().min(money.minor()).max(0)
        } else {
            0
        };
        Money::from_minor(minor, money.currency())
    }
}

/// An attempt as it is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Its id, also the reference that the provider knows it by.
    pub id: AttemptId,
    /// The checkout that it is for.
    pub checkout: CheckoutId,
    /// Which one of the checkout's it is, from 1 on.
    pub number: u32,
    /// What it asks for.
    pub terms: PaymentTerms,
    /// When another one took its place.
    pub superseded_at: Option<Timestamp>,
    /// The payment that its money became.
    pub payment: Option<PaymentId>,
    /// The gateway that it goes through.
    pub gateway: String,
    /// The provider's id and page, once the provider has answered.
    pub at_provider: Option<AtProvider>,
    /// What the provider said last; `None` before it said anything.
    pub said: Option<String>,
    /// What the provider is told beside the amount; `None` for an attempt of an earlier version.
    pub details: Option<AttemptDetails>,
    /// When it was last read from the provider, or made there.
    pub last_read_at: Timestamp,
    /// Whether it is read again in the background.
    pub is_watched: bool,
    /// When it was made.
    pub created_at: Timestamp,
}

impl Attempt {
    /// Whether the checkout is at another one by now.
    pub fn is_superseded(&self) -> bool {
        self.superseded_at.is_some()
    }
}

impl fmt::Debug for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt")
            .field("id", &self.id)
            .field("checkout", &self.checkout)
            .field("number", &self.number)
            .field("said", &self.said)
            .finish_non_exhaustive()
    }
}

/// What a provider is told of an attempt beside the amount. It is fixed when the attempt is made,
/// so that asking again sends the same bytes.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptDetails {
    /// The name of who is paid.
    pub merchant: String,
    /// What it is for in single amounts: a name, and minor units of the attempt's currency.
    pub items: Vec<(String, i64)>,
    /// The name of who pays.
    pub payer: String,
    /// Their e-mail address.
    pub email: Option<String>,
    /// The tag of the language that the portal is shown in.
    pub language: Option<String>,
}

impl fmt::Debug for AttemptDetails {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Who pays is nothing for a log.
        f.debug_struct("AttemptDetails").finish_non_exhaustive()
    }
}

/// How a provider knows an attempt.
#[derive(Clone, PartialEq, Eq)]
pub struct AtProvider {
    /// The provider's id.
    pub id: String,
    /// The provider's page, which opens to whoever has its address.
    pub url: String,
    /// The fields of the form that opens the page; `None` if the address is gone to.
    pub form: Option<Vec<(String, String)>>,
}

impl fmt::Debug for AtProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AtProvider")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// The attempt with an id.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn find(tx: &ReadTx, id: &AttemptId) -> Result<Option<Attempt>, DbError> {
    let row = Entity::find_by_id(id.as_str()).one(tx.conn()).await?;
    row.map(attempt).transpose()
}

/// The attempt that a checkout is at. A bank transfer has none.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn of_checkout(tx: &ReadTx, checkout: &CheckoutId) -> Result<Option<Attempt>, DbError> {
    let row = Entity::find()
        .filter(Column::CheckoutId.eq(checkout.as_str()))
        .filter(Column::SupersededAt.is_null())
        .one(tx.conn())
        .await?;
    row.map(attempt).transpose()
}

/// The attempt whose money became a payment.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn of_payment(tx: &ReadTx, payment: &PaymentId) -> Result<Option<Attempt>, DbError> {
    let row = Entity::find()
        .filter(Column::PaymentId.eq(payment.as_str()))
        .order_by_desc(Column::CreatedAt)
        .one(tx.conn())
        .await?;
    row.map(attempt).transpose()
}

/// All attempts of a checkout, the first one first.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn all_of_checkout(tx: &ReadTx, id: &CheckoutId) -> Result<Vec<Attempt>, DbError> {
    let rows = Entity::find()
        .filter(Column::CheckoutId.eq(id.as_str()))
        .order_by_asc(Column::Number)
        .all(tx.conn())
        .await?;
    rows.into_iter().map(attempt).collect()
}

/// The attempts that the background has to read now, at most `most`, the longest due first.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn due(tx: &ReadTx, now: Timestamp, most: u64) -> Result<Vec<Attempt>, DbError> {
    let rows = Entity::find()
        .filter(Column::NextReadAt.lte(now.as_millis()))
        .order_by_asc(Column::NextReadAt)
        .limit(most)
        .all(tx.conn())
        .await?;
    rows.into_iter().map(attempt).collect()
}

fn attempt(row: Model) -> Result<Attempt, DbError> {
    let at_provider = row.provider_id.zip(row.url);
    let form = row.form.as_deref().map(from_json).transpose()?;
    let currency = stored::parse(&row.currency)?;
    let number = u32::try_from(row.number);
    Ok(Attempt {
        id: stored::parse(&row.id)?,
        checkout: stored::parse(&row.checkout_id)?,
        number: number.map_err(|_| DbError::Unreadable(format!("attempt {}", row.number)))?,
        terms: PaymentTerms {
            total: Money::from_minor(row.total_minor, currency),
            surcharge: Money::from_minor(row.surcharge_minor, currency),
            method: stored::parse(&row.method)?,
            option: stored::parsed_option(row.option_id.as_deref())?,
            paid_by: PaidBy {
                kind: MethodKind::from_word(&row.method_kind),
                label: row.method_label,
                option: row.option_label,
            },
        },
        superseded_at: row.superseded_at.map(stored::instant).transpose()?,
        payment: stored::parsed_option(row.payment_id.as_deref())?,
        gateway: row.gateway,
        at_provider: at_provider.map(|(id, url)| AtProvider { id, url, form }),
        details: row.details.as_deref().map(from_json).transpose()?,
        said: Some(row.status).filter(|said| said != NEW),
        last_read_at: stored::instant(row.last_read_at)?,
        is_watched: row.next_read_at.is_some(),
        created_at: stored::instant(row.created_at)?,
    })
}

fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, DbError> {
    serde_json::from_str(text).map_err(|_| DbError::Unreadable("details of an attempt".to_owned()))
}
