//! What is searched is kept without capitals, accents and other forms of the same sign, so the
//! rows that there are get their `search_text` anew.

use sea_orm::{ConnectionTrait, Statement};

use crate::db::payments::public_part;
use crate::db::search;

super::migration_of_rows!(fill_search_texts);

async fn fill_search_texts(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    let backend = db.get_database_backend();
    let sql = "SELECT id, number, name FROM invoices";
    for row in db
        .query_all_raw(Statement::from_string(backend, sql))
        .await?
    {
        let (number, name): (String, String) =
            (row.try_get("", "number")?, row.try_get("", "name")?);
        let text = search::normalize_all(&[&number, &name]);
        write(
            db,
            "UPDATE invoices SET search_text = $1 WHERE id = $2",
            text,
            row.try_get("", "id")?,
        )
        .await?;
    }
    let sql = "SELECT id, description FROM payments";
    for row in db
        .query_all_raw(Statement::from_string(backend, sql))
        .await?
    {
        let description: String = row.try_get("", "description")?;
        let text = search::normalize(public_part(&description));
        write(
            db,
            "UPDATE payments SET search_text = $1 WHERE id = $2",
            text,
            row.try_get("", "id")?,
        )
        .await?;
    }
    Ok(())
}

async fn write(
    db: &impl ConnectionTrait,
    sql: &str,
    text: String,
    id: String,
) -> Result<(), DbErr> {
    let values = [text.into(), id.into()];
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    db.execute_raw(statement).await?;
    Ok(())
}
