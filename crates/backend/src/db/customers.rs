//! Customers: who may sign in, what stands on their documents, and their version.

use api_types::{CustomerId, Party, Timestamp};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use super::entities::customers;
use super::{DbError, ReadTx, WriteTx, stored};
use crate::email;
use crate::passwords::PasswordHash;

/// A customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    /// The provider's own id.
    pub id: CustomerId,
    /// The name to greet with, also the one on documents.
    pub name: String,
    /// The sign-in name in its normal form ([`email::normalize`]); without one there is no way in.
    pub email: Option<String>,
    /// The address, line by line.
    pub address: Vec<String>,
    /// A tax number, if it belongs on documents.
    pub tax_number: Option<String>,
    /// The provider's number for the account, where it is not the id.
    pub account_number: Option<String>,
    /// Who may come along to events, in the provider's order.
    pub attendees: Vec<String>,
}

impl Customer {
    /// The provider's number for the account.
    pub fn account_number(&self) -> &str {
        self.account_number.as_deref().unwrap_or(self.id.as_str())
    }

    /// The customer as documents name them. The sign-in name is none of it.
    pub fn party(&self) -> Party {
        Party {
            name: self.name.clone(),
            address: self.address.clone(),
            tax_number: self.tax_number.clone(),
            email: None,
            phone: None,
        }
    }
}

/// What signing in is checked against.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// Whose they are.
    pub customer: Customer,
    /// The hash of the password; `None` where none has been set.
    pub password: Option<PasswordHash>,
}

/// The customer with an id.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn find(tx: &ReadTx, id: &CustomerId) -> Result<Option<Customer>, DbError> {
    let row = customers::Entity::find_by_id(id.as_str())
        .one(tx.conn())
        .await?;
    row.map(customer).transpose()
}

/// What signing in with a name is checked against; `None` if nobody has the name.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn credentials(tx: &ReadTx, email: &str) -> Result<Option<Credentials>, DbError> {
    let row = customers::Entity::find()
        .filter(customers::Column::Email.eq(email::normalize(email)))
        .one(tx.conn())
        .await?;
    let Some(mut row) = row else { return Ok(None) };
    let password = row.password_hash.take().map(PasswordHash::from_stored);
    Ok(Some(Credentials {
        customer: customer(row)?,
        password,
    }))
}

/// Stores the hash of a new password.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn set_password(
    tx: &WriteTx,
    id: &CustomerId,
    password: &PasswordHash,
) -> Result<(), DbError> {
    customers::Entity::update_many()
        .col_expr(
            customers::Column::PasswordHash,
            Expr::value(password.as_stored()),
        )
        .filter(customers::Column::Id.eq(id.as_str()))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// The customer's version, without changing it.
///
/// # Errors
/// [`DbError::Unreadable`] if there is no such customer or the version cannot be read; otherwise as
/// the database fails.
pub async fn version(tx: &ReadTx, id: &CustomerId) -> Result<u64, DbError> {
    let version: Option<i64> = customers::Entity::find_by_id(id.as_str())
        .select_only()
        .column(customers::Column::Version)
        .into_tuple()
        .one(tx.conn())
        .await?;
    stored::version(version.ok_or_else(|| nobody(id))?)
}

/// The versions of some customers. Those that do not exist are left out.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn versions(tx: &ReadTx, of: &[CustomerId]) -> Result<Vec<(CustomerId, u64)>, DbError> {
    /// No database takes any number of values at once.
    const AT_ONCE: usize = 500;
    let mut versions = Vec::new();
    for some in of.chunks(AT_ONCE) {
        let rows: Vec<(String, i64)> = customers::Entity::find()
            .select_only()
            .column(customers::Column::Id)
            .column(customers::Column::Version)
            .filter(customers::Column::Id.is_in(some.iter().map(CustomerId::as_str)))
            .into_tuple()
            .all(tx.conn())
            .await?;
        for (id, version) in rows {
            versions.push((stored::parse(&id)?, stored::version(version)?));
        }
    }
    Ok(versions)
}

/// Raises the customer's version and returns the new one. Every transaction that changes anything
/// of a customer's calls this once, so that readers see that something changed.
///
/// # Errors
/// [`DbError::Unreadable`] if there is no such customer or the version cannot be read; otherwise as
/// the database fails.
pub async fn touch(tx: &WriteTx, id: &CustomerId) -> Result<u64, DbError> {
    let touched = customers::Entity::update_many()
        .col_expr(
            customers::Column::Version,
            Expr::col(customers::Column::Version).add(1),
        )
        .filter(customers::Column::Id.eq(id.as_str()))
        .exec(tx.conn())
        .await?;
    if touched.rows_affected == 0 {
        return Err(nobody(id));
    }
    version(tx, id).await
}

/// Adds a customer, or gives a known one a new name, sign-in name, address, tax number, account
/// number and attendees. The password stays.
///
/// # Errors
/// [`DbError::Taken`] if another customer has the sign-in name; otherwise as the database fails.
pub async fn put(tx: &WriteTx, new: &Customer, now: Timestamp) -> Result<(), DbError> {
    let row = customers::ActiveModel {
        id: Set(new.id.to_string()),
        name: Set(new.name.clone()),
        email: Set(new.email.as_deref().map(email::normalize)),
        address: Set(new.address.join("\n")),
        tax_number: Set(new.tax_number.clone()),
        account_number: Set(new.account_number.clone()),
        attendees: Set(new.attendees.join("\n")),
        version: Set(1),
        created_at: Set(now.as_millis()),
        ..Default::default()
    };
    let known = OnConflict::column(customers::Column::Id)
        .update_columns([
            customers::Column::Name,
            customers::Column::Email,
            customers::Column::Address,
            customers::Column::TaxNumber,
            customers::Column::AccountNumber,
            customers::Column::Attendees,
        ])
        .to_owned();
    customers::Entity::insert(row)
        .on_conflict(known)
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

fn customer(row: customers::Model) -> Result<Customer, DbError> {
    Ok(Customer {
        id: stored::parse(&row.id)?,
        name: row.name,
        email: row.email,
        address: row.address.lines().map(str::to_owned).collect(),
        tax_number: row.tax_number,
        account_number: row.account_number,
        attendees: row.attendees.lines().map(str::to_owned).collect(),
    })
}

fn nobody(id: &CustomerId) -> DbError {
    DbError::Unreadable(format!("there is no customer {id}"))
}
