//! Pages of lists by keyset: a page deep in a list costs what the first one costs, and a row
//! that is added or moved while somebody pages through it never shifts the others.
//!
//! A cursor names the list, the direction, and the id and sort key of a row; the page
//! starts right after that row or, going back, ends right before it.

mod cursor;

use std::marker::PhantomData;

use api_types::{Cursor, Day};
use sea_orm::sea_query::{Expr, ExprTrait, Order};
use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select, Value};

pub use cursor::{Place, Rows, Window};

use super::DbError;

/// What a sort key or an id is made of, so that a cursor from outside is read as it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyType {
    /// Any text.
    Text,
    /// A day.
    Day,
    /// A number, as in milliseconds and minor units.
    Number,
}

impl KeyType {
    fn value(self, text: &str) -> Result<Value, DbError> {
        match self {
            Self::Text => Ok(text.into()),
            Self::Day => match Day::parse(text) {
                Ok(day) => Ok(day.to_string().into()),
                Err(_) => Err(DbError::BadCursor),
            },
            Self::Number => match text.parse::<i64>() {
                Ok(number) => Ok(number.into()),
                Err(_) => Err(DbError::BadCursor),
            },
        }
    }
}

/// A list that can be read page by page.
pub struct Keyset<E: EntityTrait> {
    /// Its name in cursors, so that no other list and no other order takes them.
    pub name: &'static str,
    /// What it is sorted by, and what that is. An index has to begin with it, then the id.
    pub key: (Expr, KeyType),
    /// The id, by which rows of the same key differ, and what it is made of.
    pub id: (Expr, KeyType),
    /// Whether the largest key stands first.
    pub descending: bool,
    /// Whose rows it is of.
    pub of: PhantomData<E>,
    /// Only rows with this key or a larger one.
    pub from: Option<Value>,
    /// Only rows with a smaller key.
    pub before: Option<Value>,
}

impl<E: EntityTrait> Keyset<E> {
    /// Reads one page of `select`, which says whose rows and which of them.
    ///
    /// # Errors
    /// [`DbError::BadCursor`] if the cursor is of another list or cannot be read; otherwise as the
    /// database fails.
    pub async fn page(
        &self,
        conn: &impl ConnectionTrait,
        select: Select<E>,
        cursor: Option<&Cursor>,
        limit: Option<u32>,
        place: impl Fn(&E::Model) -> Place,
    ) -> Result<Rows<E::Model>, DbError> {
        let window = Window::read(self.name, cursor, limit)?;
        let bound = window.beyond().map(|place| self.bound(place)).transpose()?;
        let rows = self
            .beyond(select, window.back(), bound)
            .limit(window.to_read())
            .all(conn)
            .await?;
        Ok(window.page(rows, place))
    }

    /// Reads at most `rows` rows that follow a place, for a caller that reads the whole list.
    ///
    /// # Errors
    /// [`DbError::BadCursor`] if the place has no key and id of this list; otherwise as the
    /// database fails.
    pub async fn after(
        &self,
        conn: &impl ConnectionTrait,
        select: Select<E>,
        after: Option<&Place>,
        rows: u64,
    ) -> Result<Vec<E::Model>, DbError> {
        let bound = after.map(|place| self.bound(place)).transpose()?;
        let select = self.beyond(select, false, bound).limit(rows);
        Ok(select.all(conn).await?)
    }

    fn bound(&self, place: &Place) -> Result<(Value, Value), DbError> {
        let key = self.key.1.value(&place.key)?;
        Ok((key, self.id.1.value(&place.id)?))
    }

    /// The rows beyond a place, in the direction in which the pages are read.
    fn beyond(&self, select: Select<E>, back: bool, bound: Option<(Value, Value)>) -> Select<E> {
        let rising = self.descending == back;
        let order = if rising { Order::Asc } else { Order::Desc };
        let ((key, _), (id, _)) = (&self.key, &self.id);
        let select = match bound {
            Some((at_key, at_id)) => {
                // One comparison of pairs, which the index answers by one search.
                let row = Expr::tuple([key.clone(), id.clone()]);
                let bound = Expr::tuple([Expr::val(at_key), Expr::val(at_id)]);
                let select = self.within(select, Some(rising));
                select.filter(if rising { row.gt(bound) } else { row.lt(bound) })
            }
            None => self.within(select, None),
        };
        select
            .order_by(key.clone(), order.clone())
            .order_by(id.clone(), order)
    }

    /// The rows with a key between the bounds. At the end of the list that the pages lead away
    /// from, the index searches by the place; the list's own bound is only compared row by row
    /// there, or the index would skip all rows between the two one by one.
    fn within(&self, select: Select<E>, rising: Option<bool>) -> Select<E> {
        let key = &self.key.0;
        let looked_at = || Expr::cust_with_expr("+?", key.clone());
        let mut select = select;
        if let Some(from) = &self.from {
            let key = if rising == Some(true) {
                looked_at()
            } else {
                key.clone()
            };
            select = select.filter(key.gte(from.clone()));
        }
        if let Some(before) = &self.before {
            let key = if rising == Some(false) {
                looked_at()
            } else {
                key.clone()
            };
            select = select.filter(key.lt(before.clone()));
        }
        select
    }
}

#[cfg(test)]
mod tests;
